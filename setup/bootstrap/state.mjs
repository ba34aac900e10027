import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Folder for installed programs and state of the setup: `$Z_BILLING_LAGO_HOME` or
 * `~/.z-billing-lago`.
 */
export function toolsFolder(env = process.env, home = homedir()) {
  const wanted = env.Z_BILLING_LAGO_HOME;
  return wanted ? resolve(wanted) : join(home, ".z-billing-lago");
}

/**
 * Content of the marker file of an installed `node_modules`. It differs for another lock file, and
 * for a folder from another kind of machine, whose native programs would not run here.
 */
export function packagesMark(lockFile, platform = process.platform, arch = process.arch) {
  return `${createHash("sha256").update(lockFile).digest("hex")} ${platform}-${arch}\n`;
}
