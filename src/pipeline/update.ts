/** Runs `pulumi up` and `pulumi refresh` for a deploy, and waits for other runs on the stack. */
import { DeployError } from "../errors.ts";
import { pause } from "../process/async.ts";
import type { RunResult } from "../process/run.ts";
import { isMeaningless, plainMessage } from "../pulumi/cli/diagnostics.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { locksIn, type PulumiLock } from "../pulumi/cli/stack-lock.ts";
import { diagnosticOnLine, isCutShort, updateErrors } from "../pulumi/cli/update-events.ts";
import { pulumiProgram } from "../text/zbl.ts";
import type { DeployWait } from "./deploy-lock.ts";
import {
  DeployPidRecorder,
  type DeployPids,
  isStaleLockOf,
  writeDeployPids,
} from "./deploy-pids.ts";
import type { PipelineRun } from "./run.ts";

/** Arguments of an update whose preview was made before. */
export const UP: readonly string[] = ["up", "--yes", "--skip-preview", "--refresh"];

/** Longest update: 4 hours, for a first start that pulls every image over a slow line. */
const UPDATE_TIMEOUT_MS = 4 * 3_600_000;

/** Signals that end Pulumi, with the time for the start of a service to come to its end. */
const END_STEPS = [
  { signal: "SIGINT", waitMs: 30_000 },
  { signal: "SIGTERM", waitMs: 10_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
] as const;

/** Interval of attempts while another run holds Pulumi's lock, in milliseconds. */
const LOCK_POLL_MS = 2_000;

/** Severities of diagnostics that count as progress. Errors go into the report. */
const PROGRESS_SEVERITIES = new Set(["info", "info#err", "warning"]);

/** Options of an update. */
export interface UpdateOptions {
  /** Path of the file that records the processes of the update. */
  readonly pidsPath: string;
  /** Processes of deploys that were killed. */
  readonly killed: readonly DeployPids[];
  /** End of the wait for other runs, by `performance.now()`. */
  readonly deadlineMs: number;
  /** Name of the operation. */
  readonly operation: DeployWait["operation"];
  /** Option that makes the wait longer; empty for none. */
  readonly longerWait: string;
  /** Called at each event of the engine, which may change something from its first one on. */
  readonly onBegin: () => void;
  /** Called once when the update has to wait for another run of Pulumi. */
  readonly onWait?: () => void;
}

/**
 * Runs a command that changes the stack. Waits while another run of Pulumi holds the stack's lock, and
 * gives back a lock of a killed deploy whose processes on this machine have ended.
 *
 * @returns the result of a command that got the lock
 * @throws DeployError of kind `Locked` when another run does not end in time
 */
export async function changeStack(
  run: PipelineRun,
  args: readonly string[],
  options: UpdateOptions,
): Promise<RunResult> {
  let isWaiting = false;
  for (;;) {
    const result = await attempt(run, args, options);
    const locks = result.exitCode === 0 ? [] : locksIn(result.stderr);
    if (locks.length === 0) {
      return result;
    }
    const { killed } = options;
    if (locks.every((lock) => killed.some((pids) => isStaleLockOf(lock, pids)))) {
      run.onProgress(`stack ${run.stack}: giving back the lock of a killed deploy`);
      await cancel(run);
      continue;
    }
    if (performance.now() + LOCK_POLL_MS > options.deadlineMs) {
      throw lockedByOthers(run.stack, locks, options);
    }
    if (!isWaiting) {
      isWaiting = true;
      options.onWait?.();
      run.onProgress(`stack ${run.stack}: waiting for ${holdersText(locks)}`);
    }
    await pause(LOCK_POLL_MS, run.signal);
  }
}

/** Runs the command once, and records its processes until it ends. */
async function attempt(
  run: PipelineRun,
  args: readonly string[],
  { pidsPath, killed, onBegin }: UpdateOptions,
): Promise<RunResult> {
  const recorder = new DeployPidRecorder((pids) => writeDeployPids(pidsPath, [...killed, pids]));
  const onLine = (line: string, stream: "stdout" | "stderr") => {
    if (stream === "stderr") {
      return;
    }
    // The engine's first event comes after it got the lock.
    recorder.stop();
    onBegin();
    const { severity, message } = diagnosticOnLine(line) ?? {};
    if (severity !== undefined && PROGRESS_SEVERITIES.has(severity) && isWorthShowing(message)) {
      run.onProgress(message);
    }
  };
  const result = await runPulumi(run, [...args, "--json", "--stack", run.stack], {
    timeoutMs: UPDATE_TIMEOUT_MS,
    endSteps: END_STEPS,
    onStart: (pid) => recorder.start(pid),
    onLine,
  }).finally(() => recorder.stop());
  // A killed Pulumi leaves its lock. A Pulumi that this process ended gives no result.
  if (!isCutShort(result)) {
    writeDeployPids(pidsPath, killed);
  }
  return result;
}

function isWorthShowing(message: string | undefined): message is string {
  return message !== undefined && message !== "" && !isMeaningless(message);
}

/** Collects the errors of a command that failed, each once. */
export function errorsOfUpdate(result: RunResult): string[] {
  const killed = isCutShort(result)
    ? [
        `Pulumi was killed (exit code ${result.exitCode}). The next deploy on this machine gives back its lock and continues from its state.`,
      ]
    : [];
  const errors = [...killed, ...updateErrors(result.stdout)];
  const message = plainMessage(result.stderr) || `pulumi ended with exit code ${result.exitCode}`;
  return errors.length > 0 ? errors : [message];
}

async function cancel(run: PipelineRun): Promise<void> {
  const result = await runPulumi(run, ["cancel", "--yes", "--stack", run.stack]);
  if (result.exitCode !== 0) {
    throw new DeployError(
      "CommandFailed",
      `pulumi cancel failed for stack ${run.stack}, so the lock of a killed deploy is still there. Nothing was touched. Run \`${pulumiProgram()} cancel --yes --stack ${run.stack}\`, then deploy again.`,
      { exitCode: result.exitCode },
    );
  }
}

function holdersText(locks: readonly PulumiLock[]): string {
  return locks.map(({ holder }) => holder).join(" and ");
}

function lockedByOthers(
  stack: string,
  locks: readonly PulumiLock[],
  { operation, longerWait }: Pick<UpdateOptions, "operation" | "longerWait">,
): DeployError {
  const longer = longerWait === "" ? "" : `, or wait longer with ${longerWait}`;
  const pulumi = pulumiProgram();
  return new DeployError(
    "Locked",
    [
      `\`${operation}\` of stack ${stack} was not begun: Pulumi's own lock is held by ${holdersText(locks)}, which has not ended. Nothing was touched.`,
      `Run the same command again when that run is done${longer}.`,
      `This machine cannot know whether that run still works. Only if you are certain that it does not: \`${pulumi} cancel --yes --stack ${stack}\` gives the lock back, \`${pulumi} refresh --yes --clear-pending-creates --stack ${stack}\` makes Pulumi forget what was only begun, and the same command continues.`,
    ].join("\n"),
  );
}
