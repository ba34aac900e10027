/** Frame of an operation on a stack: one at a time, and one message for whatever ends it. */
import { DeployError } from "../errors.ts";
import { type DeployWait, deployLock, withDeployLock } from "../pipeline/deploy-lock.ts";
import { deployPidsPath, readDeployPids } from "../pipeline/deploy-pids.ts";
import type { PipelineRun } from "../pipeline/run.ts";
import { shownErrors } from "../pipeline/secrets.ts";
import type { UpdateOptions } from "../pipeline/update.ts";
import { stopCause } from "../process/stop-request.ts";
import type { StackContext, StackOutcome, StackRequest } from "./context.ts";

/** Operation on a stack that no other one disturbs. */
export interface StackSession {
  readonly context: StackContext;
  readonly request: StackRequest;
  readonly run: PipelineRun;
  /** Options of each command that changes the stack. */
  readonly update: Omit<UpdateOptions, "onBegin">;
}

/**
 * Runs an operation while no other one works on the stack. Does not wait for another: a person
 * decides again once that one is done. Errors are shown, and become the outcome.
 *
 * @param beforeStop message for a stop before anything was changed
 */
export async function withStack(
  context: StackContext,
  request: StackRequest,
  operation: DeployWait["operation"],
  work: (session: StackSession) => Promise<StackOutcome>,
  beforeStop: (stoppedBy: string) => string,
): Promise<StackOutcome> {
  const run = runOf(context, request.stack);
  const wait = { operation, timeoutSeconds: 0, longerWait: "" } as const;
  try {
    const lock = await deployLock(run);
    return await withDeployLock(run, lock, wait, async () => {
      const pidsPath = deployPidsPath(lock.name, run.environment);
      const killed = readDeployPids(pidsPath);
      const update = { ...wait, pidsPath, killed, deadlineMs: performance.now() };
      return await work({ context, request, run, update });
    });
  } catch (error) {
    if (!DeployError.isDeployError(error)) {
      throw error;
    }
    if (error.kind !== "Canceled") {
      await showErrors(context, run, [`${error.kind}: ${error.message}`]);
      return { end: "failed", kind: error.kind };
    }
    const { signal } = context;
    context.display.note(signal.aborted ? beforeStop(stopCause(signal)) : error.message);
    return { end: "canceled", kind: error.kind };
  }
}

/** Shows errors, each once and without secrets or what Pulumi puts in front. */
export async function showErrors(
  { display }: StackContext,
  run: PipelineRun,
  errors: readonly string[],
): Promise<void> {
  for (const error of await shownErrors(run, errors)) {
    display.note(`error: ${error}`);
  }
}

function runOf({ folder, environment, signal, display }: StackContext, stack: string): PipelineRun {
  return { stack, folder, environment, signal, onProgress: (line) => display.note(line) };
}
