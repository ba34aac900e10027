/** `pulumi up` and `refresh` for a deploy, with a wait for others who work on the stack. */
import { DeployError } from "../errors.ts";
import { pause } from "../process/async.ts";
import type { RunResult } from "../process/run.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { locksIn, type PulumiLock } from "../pulumi/cli/stack-lock.ts";
import { engineMessage, isCutShort } from "../pulumi/cli/update-events.ts";
import { type DeployNote, writeDeployNotes } from "./deploy-note.ts";
import { isLeftBy, PulumiRecord } from "./pulumi-record.ts";
import type { PipelineRun } from "./run.ts";

/** Longest update to wait for, for a first start that pulls every image over a slow line: 4 h. */
const UPDATE_TIMEOUT_MS = 4 * 3_600_000;

/** A service that is being started is let come to an end; nothing is gained by less time. */
const END_STEPS = [
  { signal: "SIGINT", waitMs: 30_000 },
  { signal: "SIGTERM", waitMs: 10_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
] as const;

/** How often a lock of Pulumi's that somebody else has is tried again. */
const LOCK_POLL_MS = 2_000;

/** What a person who waits is to see; errors stand in the report. */
const SPOKEN = new Set(["info", "info#err", "warning"]);

/** How an update is run. */
export interface UpdateOptions {
  /** File of the notes that say who works. */
  readonly notePath: string;
  /** The notes of deploys that were killed. */
  readonly left: readonly DeployNote[];
  /** When to give up waiting for others, by `performance.now()`. */
  readonly deadlineMs: number;
  /** Called once the engine is at work, and something may change. */
  readonly onBegin: () => void;
  /** Called when another run of Pulumi is at work, and has to be waited for. */
  readonly onWait?: () => void;
}

/**
 * Runs a command that changes the stack. While another run of Pulumi has the stack, it waits; a lock
 * that a deploy of this machine left when it was killed is given back, once that is certain to have
 * ended.
 *
 * @returns the result, of a command that was not refused for a lock
 * @throws DeployError of kind `Locked` when the other one does not end in time
 */
export async function changeStack(
  run: PipelineRun,
  args: readonly string[],
  options: UpdateOptions,
): Promise<RunResult> {
  let said = false;
  for (;;) {
    const result = await attempt(run, args, options);
    const locks = result.exitCode === 0 ? [] : locksIn(result.stderr);
    if (locks.length === 0) {
      return result;
    }
    const { left } = options;
    if (locks.every((lock) => left.some((note) => isLeftBy(lock, note)))) {
      run.onProgress(`stack ${run.stack}: giving back the lock that a killed deploy left`);
      await cancel(run);
      continue;
    }
    if (performance.now() + LOCK_POLL_MS > options.deadlineMs) {
      throw lockedByOthers(run.stack, locks);
    }
    if (!said) {
      said = true;
      options.onWait?.();
      run.onProgress(`stack ${run.stack}: waiting for ${holdersText(locks)}`);
    }
    await pause(LOCK_POLL_MS, run.signal);
  }
}

/** Runs it once, and notes down who works for as long as it does. */
async function attempt(
  run: PipelineRun,
  args: readonly string[],
  { notePath, left, onBegin }: UpdateOptions,
): Promise<RunResult> {
  const record = new PulumiRecord((note) => writeDeployNotes(notePath, [...left, note]));
  const onLine = (line: string, stream: "stdout" | "stderr") => {
    if (stream === "stderr") {
      return;
    }
    // Its first event comes from an engine that has the lock.
    record.stop();
    onBegin();
    const message = engineMessage(line);
    if (message !== undefined && SPOKEN.has(message.severity) && message.text !== "") {
      run.onProgress(message.text);
    }
  };
  const result = await runPulumi(run, [...args, "--json", "--stack", run.stack], {
    timeoutMs: UPDATE_TIMEOUT_MS,
    endSteps: END_STEPS,
    onStart: (pid) => record.start(pid),
    onLine,
  }).finally(() => record.stop());
  // A Pulumi that was killed itself has left its lock. Of one that this process ended no result comes.
  if (!isCutShort(result)) {
    writeDeployNotes(notePath, left);
  }
  return result;
}

async function cancel(run: PipelineRun): Promise<void> {
  const result = await runPulumi(run, ["cancel", "--yes", "--stack", run.stack]);
  if (result.exitCode !== 0) {
    throw new DeployError(
      "CommandFailed",
      `pulumi cancel failed for stack ${run.stack}, so the lock that a killed deploy left is still there. Nothing was touched. Run \`pulumi cancel --stack ${run.stack}\`, then deploy again.`,
      { exitCode: result.exitCode },
    );
  }
}

function holdersText(locks: readonly PulumiLock[]): string {
  return locks.map(({ holder }) => holder).join(" and ");
}

function lockedByOthers(stack: string, locks: readonly PulumiLock[]): DeployError {
  return new DeployError(
    "Locked",
    [
      `\`deploy\` of stack ${stack} was not begun: Pulumi's own lock of it is held by ${holdersText(locks)}, and was not given back in time. Nothing was touched.`,
      "Deploy again when that run is done, or have it wait for longer with --lock-timeout.",
      `Whether that run is still at work cannot be known from here. Only if you are certain that it is not, \`pulumi cancel --stack ${stack}\` gives the lock back, \`pulumi refresh --yes --clear-pending-creates --stack ${stack}\` has Pulumi forget what was only begun, and a deploy goes on.`,
    ].join("\n"),
  );
}
