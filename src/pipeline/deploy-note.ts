/**
 * What a deploy leaves on this machine while it is at work: which processes are the Pulumi that works
 * for it. When the deploy is killed the note stays, and the next one can tell whose a lock of Pulumi's
 * is.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { tryJson } from "../text/json.ts";

const schema = z.object({
  host: z.string(),
  machineId: z.string(),
  bootId: z.string(),
  pidNamespace: z.string(),
  pids: z.array(z.int().min(1)),
  startedAtMs: z.number(),
});

/** The Pulumi that works, or worked, for a deploy: one process, or two where a launcher starts it. */
export type DeployNote = z.output<typeof schema>;

/**
 * The file of a stack's note: below `$Z_BILLING_LAGO_HOME` or `~/.z-billing-lago`, where it outlives a
 * restart of the machine, as Pulumi's lock does.
 *
 * @param name tells stacks apart, as the name of their lock's file does
 */
export function deployNotePath(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const wanted = environment.Z_BILLING_LAGO_HOME;
  const folder = wanted ? resolve(wanted) : join(environment.HOME || homedir(), ".z-billing-lago");
  return join(folder, "deploys", `${name}.json`);
}

/** The notes that are there: of one deploy, or of several that were killed; none that cannot be read. */
export function readDeployNotes(path: string): DeployNote[] {
  try {
    return z.array(schema).safeParse(tryJson(readFileSync(path, "utf8"))).data ?? [];
  } catch {
    return [];
  }
}

/** Makes these the notes that are there, whole or not at all. */
export function writeDeployNotes(path: string, notes: readonly DeployNote[]): void {
  if (notes.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${JSON.stringify(notes)}\n`);
  renameSync(`${path}.new`, path);
}
