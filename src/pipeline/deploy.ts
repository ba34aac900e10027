/** `pipeline deploy`: makes a stack what its program and config say, one deploy at a time. */
import { DeployError } from "../errors.ts";
import { pause } from "../process/async.ts";
import type { RunResult } from "../process/run.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { isCutShort, messageText, updateErrors } from "../pulumi/cli/update-events.ts";
import {
  type DeployNote,
  deployNotePath,
  readDeployNotes,
  writeDeployNotes,
} from "./deploy-note.ts";
import { fateOf } from "./machine.ts";
import { DEFAULT_STACK_LOCK_TIMEOUT_SECONDS } from "./outcome.ts";
import { lookAtStack } from "./preview.ts";
import type { Report } from "./report.ts";
import { type PipelineRun, type Result, reported } from "./run.ts";
import { stackLock, whileLocked } from "./stack-lock.ts";
import { changeStack, type UpdateOptions } from "./update.ts";

/** How often it is looked whether a Pulumi that lost its pipeline has ended. */
const LOOK_INTERVAL_MS = 500;

/** A preview takes no lock, so that it is done before the wait. */
const STALE_PLAN =
  "Another run of Pulumi was at work and was waited for. What is listed here was found before it ended; it may have done some of that.";

/** What a deploy may do beside. */
export interface DeployOptions {
  /** How long to wait for other deploys of the stack, in seconds, 0 or more. Defaults to 900. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Whether to make the stack when there is none of that name. Defaults to false. */
  readonly create?: boolean | undefined;
  /** How a stack that is made encrypts its secrets, in Pulumi's words. Defaults to Pulumi's own choice. */
  readonly secretsProvider?: string | undefined;
}

/**
 * Previews, and unless that refuses or finds nothing to do, updates. A deploy that was killed before is
 * recovered first.
 */
export async function deployStep(run: PipelineRun, options: DeployOptions): Promise<Report> {
  const { lockTimeoutSeconds = DEFAULT_STACK_LOCK_TIMEOUT_SECONDS } = options;
  const deadlineMs = performance.now() + lockTimeoutSeconds * 1000;
  return await reported("deploy", run, async (onBegin) => {
    const lock = await stackLock(run);
    return await whileLocked(run, lock, lockTimeoutSeconds, async () => {
      await ensureStack(run, options);
      const notePath = deployNotePath(lock.name, run.environment);
      const left = readDeployNotes(notePath);
      const update = { notePath, left, deadlineMs, onBegin };
      const notes = await recover(run, update);
      const onWait = () => notes.push(STALE_PLAN);
      return { notes, ...(await deploy(run, { ...update, left: [], onWait }, left.length > 0)) };
    });
  });
}

async function deploy(
  run: PipelineRun,
  options: UpdateOptions,
  recovered: boolean,
): Promise<Result> {
  const { outcome, ...look } = await lookAtStack(run);
  if (outcome !== undefined) {
    return { outcome, ...look };
  }
  const { judgement } = look;
  if (!judgement?.changes && !judgement?.drift.length && !recovered) {
    return { outcome: "no change", ...look };
  }
  const result = await changeStack(run, ["up", "--yes", "--skip-preview", "--refresh"], options);
  if (result.exitCode === 0) {
    return { outcome: "deployed", ...look };
  }
  return { outcome: "failed", ...look, errors: errorsOf(result) };
}

function errorsOf(result: RunResult): string[] {
  const killed = isCutShort(result)
    ? [
        `Pulumi was killed (exit code ${result.exitCode}). The next deploy on this machine gives back its lock and goes on from where it left.`,
      ]
    : [];
  const errors = [...killed, ...updateErrors(result.stdout)];
  const said = messageText(result.stderr) || `pulumi up ended with exit code ${result.exitCode}`;
  return errors.length > 0 ? errors : [said];
}

/**
 * Makes the stack fit for an update again when the last deploy of this machine was killed: its lock is
 * given back, and what it had only begun is forgotten and looked for anew. Containers and data stay.
 *
 * @returns what was done, in words; nothing when nothing was to be done
 */
async function recover(run: PipelineRun, options: UpdateOptions): Promise<string[]> {
  const { left } = options;
  if (left.length === 0) {
    return [];
  }
  for (const note of left) {
    await waitForOrphan(run, note, options.deadlineMs);
  }
  run.onProgress(`stack ${run.stack}: the last deploy was killed; looking at what it left`);
  const refresh = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
  const result = await changeStack(run, refresh, options);
  if (result.exitCode !== 0) {
    const errors = updateErrors(result.stdout);
    throw new DeployError(
      "CommandFailed",
      `The last deploy of stack ${run.stack} was killed, and the state cannot be made good: pulumi refresh failed. Correct the cause and deploy again.\n${errors.join("\n") || messageText(result.stderr)}`,
      { exitCode: result.exitCode },
    );
  }
  writeDeployNotes(options.notePath, []);
  return [
    "The last deploy was killed. It was recovered: nothing of it is at work any more, and this deploy went on from where it left.",
  ];
}

/** A Pulumi whose pipeline was killed works on, and gives its lock back when it is done. */
async function waitForOrphan(
  run: PipelineRun,
  left: DeployNote,
  deadlineMs: number,
): Promise<void> {
  if (fateOf(left) !== "at work") {
    return;
  }
  const { pids } = left;
  run.onProgress(
    `stack ${run.stack}: waiting for the pulumi of a killed deploy (pid ${pids.join(" and ")}), which is still at work`,
  );
  while (fateOf(left) === "at work") {
    if (performance.now() > deadlineMs || run.signal?.aborted) {
      throw new DeployError(
        run.signal?.aborted ? "Canceled" : "Locked",
        `\`deploy\` of stack ${run.stack} was not begun: the pulumi of a killed deploy (pid ${pids.join(" and ")}) is still at work on it. Nothing was touched. Wait for it, or end it with \`kill -INT ${pids.join(" ")}\`; the next deploy goes on from there.`,
      );
    }
    await pause(LOOK_INTERVAL_MS, run.signal);
  }
}

/** @throws DeployError of kind `CommandFailed` when it can neither be used nor be made */
async function ensureStack(
  run: PipelineRun,
  { create, secretsProvider }: DeployOptions,
): Promise<void> {
  if (create !== true) {
    return;
  }
  const provider = secretsProvider === undefined ? [] : ["--secrets-provider", secretsProvider];
  const { exitCode, stderr } = await runPulumi(run, [
    ...["stack", "select", "--create", "--stack", run.stack],
    ...provider,
  ]);
  if (exitCode !== 0) {
    throw new DeployError(
      "CommandFailed",
      `Stack ${run.stack} can neither be used nor be made. Nothing was touched. Check its name and that Pulumi has its backend and passphrase.\n${messageText(stderr)}`,
      { exitCode },
    );
  }
}
