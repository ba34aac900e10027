import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Folder of this project's own files on this machine, which survive a restart:
 * `$Z_BILLING_LAGO_HOME` or `~/.z-billing-lago`.
 */
export function ownFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const wanted = environment.Z_BILLING_LAGO_HOME;
  return wanted ? resolve(wanted) : join(environment.HOME || homedir(), ".z-billing-lago");
}
