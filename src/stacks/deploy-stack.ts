/** Deploys a stack for a person: shows the plan, asks, shows the progress and what runs at the end. */
import { isAsDeclared, type PreviewAssessment } from "../pipeline/assessment.ts";
import { openDataRisks } from "../pipeline/data-risks.ts";
import { ensureStack } from "../pipeline/deploy.ts";
import type { PlannedDeployment } from "../pipeline/deployments.ts";
import { previewWithRefresh } from "../pipeline/preview.ts";
import { recoverStack } from "../pipeline/recovery.ts";
import { errorKindIn } from "../pipeline/refusal.ts";
import type { PipelineRun } from "../pipeline/run.ts";
import { UP } from "../pipeline/update.ts";
import { stopCause } from "../process/stop-request.ts";
import type { PublicLogin } from "../pulumi/cli/login-text.ts";
import { loginsIn } from "../pulumi/cli/stack-login.ts";
import { readStackState } from "../pulumi/cli/stack-state.ts";
import { afterFailedDeploy, beforeDeploy } from "./after-failure.ts";
import { agree } from "./agree.ts";
import { change } from "./change.ts";
import { deployCommand } from "./commands.ts";
import { needsConsent, undeclaredDeployments } from "./consent.ts";
import type { StackContext, StackOutcome, StackRequest } from "./context.ts";
import { changesText } from "./plan-text.ts";
import { showResult } from "./result.ts";
import { findState, forgetStates, restoreState } from "./saved-states.ts";
import { type StackSession, showErrors, withStack } from "./session.ts";
import {
  isRunning,
  type ProjectAddress,
  type Standing,
  standingOf,
  volumesOf,
} from "./standing.ts";
import { readState, type StackState } from "./state.ts";

/** Options of a deploy. */
export interface DeployRequest extends StackRequest {
  /** Whether to make the stack, and to select it, when there is none of that name. */
  readonly create: boolean;
}

/** A deploy whose preview is made. */
interface PlannedDeploy {
  readonly state: StackState;
  readonly deployments: readonly PlannedDeployment[];
  /** Containers before the deploy. */
  readonly before: readonly Standing[];
  readonly warnings: readonly string[];
}

/**
 * Deploys a stack, unless a preview finds nothing to do. A change of what may be in use is shown
 * first, and needs the agreement of a person or the request's `yes`.
 */
export async function deployStack(
  context: StackContext,
  request: DeployRequest,
): Promise<StackOutcome> {
  return await withStack(context, request, "deploy", deploy, (stoppedBy) =>
    beforeDeploy(request, { stoppedBy, wasDeployed: false, before: [] }),
  );

  async function deploy(session: StackSession): Promise<StackOutcome> {
    await ensureStack(session.run, { create: request.create });
    return await deployLocked(session);
  }
}

async function deployLocked(session: StackSession): Promise<StackOutcome> {
  const { context, request, run, update } = session;
  const { display } = context;
  const state = await takeUpKeptData(session, await readState(run));
  const recovered = await recoverStack(run, { ...update, onBegin: () => {} });

  display.note(`stack ${request.stack}: looking for changes`);
  const { outcome, assessment, errors = [], ...preview } = await previewWithRefresh(run);
  const deployments = preview.deployments ?? [];
  const before = await standingOf(addresses(state, deployments));
  if (outcome !== undefined || assessment === undefined) {
    await showErrors(context, run, errors);
    display.note(
      beforeDeploy(request, { stoppedBy: undefined, before, wasDeployed: wasDeployed(state) }),
    );
    return { end: outcome ?? "failed", kind: errorKindIn(errors) };
  }
  if (isAsDeclared(assessment) && recovered.length === 0 && request.rest.length === 0) {
    display.note(`Stack ${request.stack} is deployed as declared: nothing to change.`);
    return await finish(session, false);
  }
  const planned = { state, deployments, before, warnings: preview.warnings ?? [] };
  const refused = await showAndAsk(session, assessment, planned);
  return refused ?? (await apply(session, planned));
}

/** Shows the changes, and asks whether to make them where something may be in use. */
async function showAndAsk(
  { context, request }: StackSession,
  assessment: PreviewAssessment,
  { state, before, warnings }: PlannedDeploy,
): Promise<StackOutcome | undefined> {
  const { stack } = request;
  const changes = changesText(assessment, undeclaredDeployments(state, assessment), stack);
  const isAtRisk = openDataRisks(assessment).length > 0;
  // The plan itself says what is at stake.
  const others = warnings.filter((text) => !changes.includes(text));
  const parts = [changes, others.map((text) => `warning: ${text}`).join("\n")];
  const text = parts.filter((part) => part !== "").join(changes.includes("\n") ? "\n\n" : "\n");
  context.display.note(changes.includes("\n") ? `\n${text}\n` : text);
  const isNeeded =
    isAtRisk ||
    needsConsent({
      assessment,
      before: state,
      isRunning: isRunning(before),
      hasArguments: request.rest.length > 0,
    });
  return await agree(context, request, {
    isNeeded,
    byName: isAtRisk,
    inPerson: isAtRisk,
    question: `Deploy these changes to stack ${stack}?`,
    stake: "Data is at stake, as said above.",
    refusal: isAtRisk
      ? `Stack ${stack} is not deployed: data is at stake, and only a person can accept that.`
      : `Stack ${stack} runs, and there is no terminal on which to ask whether to deploy these changes.`,
    command: deployCommand({ ...request, yes: !isAtRisk }),
  });
}

async function apply(session: StackSession, planned: PlannedDeploy): Promise<StackOutcome> {
  const { context, request, run, update } = session;
  const { state, deployments, before, warnings } = planned;
  let isBegun = false;
  const { end, errors } = await change(context, run, request, {
    ...update,
    killed: [],
    command: UP,
    deployments,
    isKnown: (line) => warnings.includes(line.replace(/^warning: /, "")),
    onBegin: () => {
      isBegun = true;
    },
  });
  if (end === "done") {
    return await finish(session, !wasDeployed(state));
  }
  await showErrors(context, run, errors);
  const stoppedBy = end === "stopped" ? stopCause(context.signal) : undefined;
  const facts = { stoppedBy, before, wasDeployed: wasDeployed(state) };
  context.display.note(
    isBegun
      ? afterFailedDeploy(request, { ...facts, deployments, now: await standingOf(before) })
      : beforeDeploy(request, facts),
  );
  return end === "stopped"
    ? { end: "canceled", kind: "Canceled" }
    : { end: "failed", kind: errorKindIn(errors) };
}

/** Shows the result. The state of an earlier, destroyed deployment is of no use any more. */
async function finish({ context, run }: StackSession, isFirst: boolean): Promise<StackOutcome> {
  // A stop that comes now is too late to stop anything.
  const state = await readState({ ...run, signal: undefined });
  await forgetStates(run.environment, run.stack);
  const logins = isFirst ? await loginsOf(run) : [];
  await showResult(context, run.stack, state, { isFirst, logins });
  return { end: "done" };
}

/** Places and addresses of the logins that the stack has opened, without their secrets. */
async function loginsOf(run: PipelineRun): Promise<PublicLogin[]> {
  const resources = await readStackState({ ...run, signal: undefined }, true);
  return loginsIn(resources).flatMap(({ login }) =>
    login === undefined ? [] : [{ url: login.url, email: login.email }],
  );
}

/**
 * Restores the state of a destroyed stack, whose keys its data needs.
 *
 * @returns the stack's state before the deploy
 */
async function takeUpKeptData(session: StackSession, state: StackState): Promise<StackState> {
  const { context, run } = session;
  const saved = state.isEmpty ? await findState(run.environment, run.stack) : undefined;
  const volumes = await Promise.all(
    (saved?.deployments ?? []).map((one) => volumesOf(one, context.signal)),
  );
  if (saved === undefined || volumes.flat().length === 0) {
    return state;
  }
  context.display.note(
    `stack ${run.stack}: destroyed before, and its data kept. Using the keys in ${saved.file}`,
  );
  await restoreState(run, saved);
  return await readState(run);
}

function wasDeployed({ deployments }: StackState): boolean {
  return deployments.some((one) => one.wasDeployed);
}

/** Projects of a stack, each once. */
function addresses(
  { deployments }: StackState,
  planned: readonly ProjectAddress[],
): ProjectAddress[] {
  const all = [...deployments, ...planned];
  return [...new Map(all.map((one) => [one.projectName, one])).values()];
}
