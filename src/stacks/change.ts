/** Runs a command of Pulumi that changes a stack, and shows its progress. */
import { DeployError } from "../errors.ts";
import type { PlannedDeployment } from "../pipeline/deployments.ts";
import type { PipelineRun } from "../pipeline/run.ts";
import { changeStack, errorsOfUpdate, type UpdateOptions } from "../pipeline/update.ts";
import { runAttached } from "../process/attached.ts";
import { definedOnly } from "../process/environment.ts";
import type { StackContext, StackRequest } from "./context.ts";
import { ProgressLines } from "./progress-lines.ts";
import { watchServices } from "./watch-services.ts";

/** Longest run of Pulumi on the terminal, in milliseconds: 4 h, for a first start over a slow line. */
const ATTACHED_TIMEOUT_MS = 4 * 3_600_000;

/** End of a command that changes a stack. */
export interface ChangeResult {
  readonly end: "done" | "failed" | "stopped";
  /** Errors, which may hold secrets. Empty where Pulumi itself has shown them. */
  readonly errors: readonly string[];
}

/** Options of {@link change}. */
export interface ChangeOptions extends Omit<UpdateOptions, "onBegin"> {
  /** Command of Pulumi, such as `up`, with its own options. */
  readonly command: readonly string[];
  readonly deployments: readonly PlannedDeployment[];
  /** Called at each event of the engine, which may change something from its first one on. */
  readonly onBegin: () => void;
  /** Whether a line of progress is of no use to the person, who has read the same before. */
  readonly isKnown: (line: string) => boolean;
}

/**
 * Runs the command. Its services are shown as a table on a terminal, and line by line elsewhere; for
 * a request that asks for it, Pulumi shows its own output.
 *
 * @throws DeployError of kind `Locked` when another run of Pulumi works on the stack
 */
export async function change(
  context: StackContext,
  run: PipelineRun,
  request: StackRequest,
  options: ChangeOptions,
): Promise<ChangeResult> {
  return request.verbose || request.rest.length > 0
    ? await changeAttached(context, request, options)
    : await changeShown(context, run, options);
}

async function changeAttached(
  { folder, environment, signal }: StackContext,
  { stack, rest }: StackRequest,
  { command, onBegin }: ChangeOptions,
): Promise<ChangeResult> {
  const args = [...command, "--suppress-outputs", "--stack", stack, ...rest];
  onBegin();
  const exitCode = await runAttached("pulumi", args, {
    cwd: folder,
    env: { ...definedOnly(environment), PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: ATTACHED_TIMEOUT_MS,
  });
  return { end: exitCode === 0 ? "done" : signal.aborted ? "stopped" : "failed", errors: [] };
}

async function changeShown(
  { display, signal }: StackContext,
  run: PipelineRun,
  options: ChangeOptions,
): Promise<ChangeResult> {
  const { command, deployments, isKnown } = options;
  const view = await display.progress(deployments);
  const watching = new AbortController();
  const onStop = () =>
    view.line("stopping: the step that has begun is brought to its end, which takes up to 40 s");
  signal.addEventListener("abort", onStop, { once: true });
  const watches = view.isTable
    ? deployments.map((one) =>
        watchServices(one, watching.signal, (name, poll) => view.look(name, poll)),
      )
    : [];
  const lines = new ProgressLines((line) => view.line(line), isKnown);
  const onProgress = (text: string) => lines.take(text);
  let end: ChangeResult["end"] = "failed";
  try {
    const result = await changeStack({ ...run, onProgress }, command, options);
    end = result.exitCode === 0 ? "done" : "failed";
    const errors = end === "done" ? [] : errorsOfUpdate(result);
    lines.release(errors);
    return { end, errors };
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "Canceled") {
      end = "stopped";
      return { end, errors: [] };
    }
    throw error;
  } finally {
    signal.removeEventListener("abort", onStop);
    watching.abort();
    await Promise.all(watches);
    view.close(end);
  }
}
