/**
 * Process ids of the Pulumi that works for a deploy, kept on this machine for as long as it works. They
 * stay when the deploy is killed, so that the next deploy can tell whether a lock of Pulumi is stale.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ownFolder } from "../process/own-folder.ts";
import type { PulumiLock } from "../pulumi/cli/stack-lock.ts";
import { tryJson } from "../text/json.ts";
import { bootedAtMs, machineIdentity, processesOfGroup, processState } from "./processes.ts";

/** Interval of looking for the process that holds the lock, in milliseconds. */
const RECORD_INTERVAL_MS = 50;

const schema = z.object({
  host: z.string(),
  machineId: z.string(),
  bootId: z.string(),
  pidNamespace: z.string(),
  pids: z.array(z.int().min(1)),
  startedAtMs: z.number(),
});

/** Processes of the Pulumi of one deploy: one, or two where a launcher starts Pulumi. */
export type DeployPids = z.output<typeof schema>;

/**
 * Path of the file with a stack's process ids: below `$Z_BILLING_LAGO_HOME` or `~/.z-billing-lago`,
 * where it survives a restart of the machine, as Pulumi's lock does.
 *
 * @param name name of the stack's lock file, which tells stacks apart
 */
export function deployPidsPath(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return join(ownFolder(environment), "deploys", `${name}.json`);
}

/** Reads the recorded processes, of several deploys where several were killed. Ignores a damaged file. */
export function readDeployPids(path: string): DeployPids[] {
  try {
    return z.array(schema).safeParse(tryJson(readFileSync(path, "utf8"))).data ?? [];
  } catch {
    return [];
  }
}

/** Replaces the recorded processes in one step. An empty list removes the file. */
export function writeDeployPids(path: string, recorded: readonly DeployPids[]): void {
  if (recorded.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${JSON.stringify(recorded)}\n`);
  renameSync(`${path}.new`, path);
}

/**
 * Records the process ids of Pulumi. npm's `pulumi` is a launcher that starts the real program, which
 * Pulumi's lock names, so the record is written again when that program appears.
 */
export class DeployPidRecorder {
  readonly #write: (pids: DeployPids) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(write: (pids: DeployPids) => void) {
    this.#write = write;
  }

  /** @param group id of the started process, which leads a process group */
  start(group: number): void {
    const machine = machineIdentity();
    if (machine === undefined) {
      return;
    }
    const startedAtMs = Date.now();
    let written = "";
    const record = () => {
      const pids = [...new Set([group, ...processesOfGroup(group, "pulumi")])];
      if (pids.join() !== written) {
        written = pids.join();
        this.#write({ ...machine, pids, startedAtMs });
      }
    };
    record();
    this.#timer = setInterval(record, RECORD_INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** Whether a lock certainly belongs to a killed deploy whose processes have ended. */
export function isStaleLockOf(
  { process: holder }: PulumiLock,
  killed: DeployPids,
  state = processState(killed),
  bootMs = bootedAtMs(),
): boolean {
  if (holder === undefined || holder.host !== killed.host || !killed.pids.includes(holder.pid)) {
    return false;
  }
  // Pulumi writes whole seconds. An earlier lock belongs to another run.
  if (holder.takenAtMs < killed.startedAtMs - 1_000 || state !== "exited") {
    return false;
  }
  const isOfThisBoot = machineIdentity()?.bootId === killed.bootId;
  // Since a restart of the machine, another process may have got the id.
  return isOfThisBoot || (bootMs !== undefined && holder.takenAtMs < bootMs);
}
