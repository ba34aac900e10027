/** Updates that are broken off from outside while a command runs. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProcessFailure } from "../../src/process/failure.ts";
import type { PulumiWorkspace } from "../../testing/pulumi.ts";
import { type Observations, readEvents } from "./events.ts";
import { commandWorkspace, setCommands } from "./life.ts";

/** What an interruption left. */
export interface Interrupted {
  readonly commands: Observations;
  /** Process of the running command, and of the provider that started it. */
  readonly commandPid: number;
  readonly providerPid: number;
  /** All processes that the CLI had started; some outlive it when it is killed. */
  readonly startedPids: readonly number[];
  /** Names of the commands in the state. */
  readonly stored: readonly string[];
  /** Operations that the state calls unfinished. */
  readonly pending: number;
}

/**
 * Starts an update whose command never ends, interrupts it once the command runs, and looks at what
 * is left.
 *
 * @param how `cancel` is Ctrl-C; `kill` ends the CLI without any notice.
 */
export async function interrupt(pulumiHome: string, how: "cancel" | "kill"): Promise<Interrupted> {
  const workspace = await commandWorkspace(pulumiHome);
  try {
    await setCommands(workspace, [
      {
        name: "endless",
        // The CLI is the provider's parent; its process id is the fourth word of that file.
        args: {
          create:
            "echo $$ $PPID $(cut -d' ' -f4 /proc/$PPID/stat) > ran/pids; echo started; exec sleep 60",
        },
      },
      { name: "next", args: { create: "true", environment: { V: { $stdout: "endless" } } } },
    ]);
    const log = join(workspace.folder, "events.json");
    const args = ["up", "--yes", "--skip-preview", "--event-log", log];
    const startedPids = await runUntilStarted(workspace, args, how);
    const [commandPid = 0, providerPid = 0] = await pids(workspace);
    const { resources = [], pending_operations: pending = [] } = (await workspace.exportStack())
      .deployment;
    return {
      commands: await readEvents(log),
      commandPid,
      providerPid,
      startedPids,
      stored: resources.filter(({ type }) => type.includes("Command")).map(({ urn }) => urn),
      pending: pending.length,
    };
  } finally {
    await workspace.dispose();
  }
}

/** @returns the processes that the CLI had started when it was interrupted. */
async function runUntilStarted(
  workspace: PulumiWorkspace,
  args: readonly string[],
  how: "cancel" | "kill",
): Promise<number[]> {
  const controller = new AbortController();
  let interruption: Promise<number[]> | undefined;
  const stop = async () => {
    const [, , cli = 0] = await pids(workspace);
    const started = await childrenOf(cli);
    if (how === "cancel") {
      controller.abort();
    } else {
      process.kill(cli, "SIGKILL");
    }
    return started;
  };
  const onLine = (line: string) => {
    if (line.includes("started")) {
      interruption ??= stop();
    }
  };
  try {
    await workspace.pulumi(args, { signal: controller.signal, onLine });
  } catch (error) {
    if (!(error instanceof ProcessFailure && error.kind === "canceled")) {
      throw error;
    }
  }
  return (await interruption) ?? [];
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "utf8")),
  );
  return lists.flatMap((list) => list.trim().split(" ").filter(Boolean).map(Number));
}

async function pids(workspace: PulumiWorkspace): Promise<number[]> {
  const text = await readFile(join(workspace.programFolder, "ran", "pids"), "utf8");
  return text.trim().split(" ").map(Number);
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
