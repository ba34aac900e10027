/** `pipeline deploy`: brings a stack to its program and config, one deploy at a time. */
import { DeployError } from "../errors.ts";
import { riskText } from "../plan/text.ts";
import { plainMessage } from "../pulumi/cli/diagnostics.ts";
import { runPulumi } from "../pulumi/cli/run.ts";
import { zbl } from "../text/zbl.ts";
import { isAsDeclared } from "./assessment.ts";
import { openDataRisks } from "./data-risks.ts";
import { deployLock, withDeployLock } from "./deploy-lock.ts";
import { deployPidsPath, readDeployPids } from "./deploy-pids.ts";
import { DEFAULT_STACK_LOCK_TIMEOUT_SECONDS } from "./outcome.ts";
import { previewWithRefresh } from "./preview.ts";
import { recoverStack } from "./recovery.ts";
import type { Report } from "./report.ts";
import { type PipelineRun, reported, type StepResult } from "./run.ts";
import { changeStack, errorsOfUpdate, UP, type UpdateOptions } from "./update.ts";

/** Note of a report whose preview, which takes no lock, came before the wait for another run. */
const STALE_PREVIEW =
  "This deploy waited for another run of Pulumi. What is listed here was found before that run ended; it may have done some of that.";

const WAIT = { operation: "deploy", longerWait: "--lock-timeout" } as const;

/** Options of a deploy. */
export interface DeployOptions {
  /** Longest wait for other deploys of the stack, in seconds, 0 or more. Defaults to 900. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Whether to make the stack when there is none of that name. Defaults to false. */
  readonly create?: boolean | undefined;
  /** Pulumi's secrets provider for a new stack, such as `awskms://…`. Defaults to Pulumi's own choice. */
  readonly secretsProvider?: string | undefined;
}

/**
 * Previews a stack, and updates it unless the preview refuses or finds nothing to do. Recovers the stack
 * first when its last deploy was killed.
 */
export async function deployStep(run: PipelineRun, options: DeployOptions): Promise<Report> {
  const { lockTimeoutSeconds = DEFAULT_STACK_LOCK_TIMEOUT_SECONDS } = options;
  const deadlineMs = performance.now() + lockTimeoutSeconds * 1000;
  return await reported("deploy", run, async (onBegin) => {
    const lock = await deployLock(run);
    const wait = { ...WAIT, timeoutSeconds: lockTimeoutSeconds };
    return await withDeployLock(run, lock, wait, async () => {
      await ensureStack(run, options);
      const pidsPath = deployPidsPath(lock.name, run.environment);
      const killed = readDeployPids(pidsPath);
      const update = { pidsPath, killed, deadlineMs, onBegin, ...WAIT };
      const notes = await recoverStack(run, update);
      const onWait = () => notes.push(STALE_PREVIEW);
      const result = await deploy(run, { ...update, killed: [], onWait }, killed.length > 0);
      return { notes, ...result };
    });
  });
}

async function deploy(
  run: PipelineRun,
  options: UpdateOptions,
  recovered: boolean,
): Promise<StepResult> {
  const { outcome, ...preview } = await previewWithRefresh(run);
  if (outcome !== undefined) {
    return { outcome, ...preview };
  }
  const { assessment } = preview;
  if (assessment === undefined || (isAsDeclared(assessment) && !recovered)) {
    return { outcome: "no change", ...preview };
  }
  const risks = openDataRisks(assessment);
  if (risks.length > 0) {
    return {
      outcome: "refused",
      ...preview,
      errors: [...risks.map((risk) => riskText(risk, run.stack)), acceptText(run)],
    };
  }
  const result = await changeStack(run, UP, options);
  if (result.exitCode === 0) {
    return { outcome: "deployed", ...preview };
  }
  return { outcome: "failed", ...preview, errors: errorsOfUpdate(result) };
}

/** Tells how a person accepts the risks, which nobody can in a pipeline. */
function acceptText({ stack }: PipelineRun): string {
  return `A deploy that nobody watches does not take this risk. Where it is meant: \`${zbl("up", stack)}\` on a terminal asks for the name of the stack.`;
}

/**
 * Makes the stack and selects it, where that is allowed and there is none of its name.
 *
 * @throws DeployError of kind `CommandFailed` when the stack can neither be selected nor be made
 */
export async function ensureStack(
  run: PipelineRun,
  { create, secretsProvider }: Pick<DeployOptions, "create" | "secretsProvider">,
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
      `Stack ${run.stack} can neither be used nor be made. Nothing was touched. Check its name and that Pulumi has its backend and passphrase.\n${plainMessage(stderr)}`,
      { exitCode },
    );
  }
}
