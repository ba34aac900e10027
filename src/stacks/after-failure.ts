/** Messages after an incomplete deploy or destroy: what runs, what was touched, the next command. */
import type { PlannedDeployment } from "../pipeline/deployments.ts";
import { sentenceList } from "../text/list.ts";
import { deployCommand, destroyCommand } from "./commands.ts";
import type { StackRequest } from "./context.ts";
import { message } from "./message.ts";
import {
  type Standing,
  servicesOf,
  standingText,
  stoppedServices,
  touchedServices,
} from "./standing.ts";

/** Surroundings of a failure. */
export interface FailureFacts {
  /** Cause of the stop for a person, such as `Ctrl-C`; undefined where nobody stopped the run. */
  readonly stoppedBy: string | undefined;
  /** Whether a deployment of the stack was completed before, and so may be in use. */
  readonly wasDeployed: boolean;
  readonly before: readonly Standing[];
  readonly now: readonly Standing[];
  readonly deployments: readonly PlannedDeployment[];
}

/** Formats the message after a deploy that began and did not finish. */
export function afterFailedDeploy(request: StackRequest, facts: FailureFacts): string {
  const { stack } = request;
  const { stoppedBy, wasDeployed } = facts;
  const start = wasDeployed ? "update" : "first start";
  const happened =
    stoppedBy === undefined
      ? `The ${start} of stack ${stack} failed.`
      : `The ${start} of stack ${stack} was stopped by ${stoppedBy}.`;
  return message([happened, ...facts.now.map((now) => standingSentence(now, facts))].join("\n"), [
    [stoppedBy === undefined ? "Correct the cause, then go on" : "Go on", deployCommand(request)],
    // Any other deployment may be in use.
    ...(wasDeployed ? [] : [["Or remove what was begun", destroyCommand({ stack })] as const]),
  ]);
}

/** Formats the message after a deploy that was refused, or stopped, before it began. */
export function beforeDeploy(
  request: StackRequest,
  { stoppedBy, before, wasDeployed }: Pick<FailureFacts, "stoppedBy" | "before" | "wasDeployed">,
): string {
  const happened =
    stoppedBy === undefined
      ? `Nothing was touched in stack ${request.stack}.`
      : `Stopped by ${stoppedBy}: nothing was changed in stack ${request.stack}.`;
  const running = wasDeployed ? before.map((one) => standingText(one)) : [];
  return message([happened, ...running].join(" "), [
    [stoppedBy === undefined ? "Correct that, then" : "Go on", deployCommand(request)],
  ]);
}

/** Formats the message after a destroy that was stopped before it began. */
export function stoppedBeforeDestroy(request: StackRequest, stoppedBy: string): string {
  return message(`Stopped by ${stoppedBy}: nothing was destroyed in stack ${request.stack}.`, [
    ["Go on", destroyCommand(request)],
  ]);
}

/** Formats the message after a destroy that began and did not finish. */
export function afterFailedDestroy(
  request: StackRequest,
  { stoppedBy, before, now }: Pick<FailureFacts, "stoppedBy" | "before" | "now">,
): string {
  const { stack } = request;
  const happened =
    stoppedBy === undefined
      ? `Stack ${stack} is not destroyed.`
      : `The destroy of stack ${stack} was stopped by ${stoppedBy}.`;
  const facts = { stoppedBy, before, deployments: [] };
  return message([happened, ...now.map((one) => standingSentence(one, facts))].join("\n"), [
    [stoppedBy === undefined ? "Correct the cause, then go on" : "Go on", destroyCommand(request)],
    ["Or bring everything back", deployCommand({ stack })],
  ]);
}

/** Tells which services of a project run now, and what the run did to them. */
function standingSentence(
  now: Standing,
  { before, stoppedBy, deployments }: Pick<FailureFacts, "before" | "stoppedBy" | "deployments">,
): string {
  const isSame = (one: { readonly projectName: string }) => one.projectName === now.projectName;
  const was = before.find(isSame);
  const declared = deployments.find(isSame)?.services ?? servicesOf(was?.containers ?? []);
  const running = standingText(now, declared);
  if (now.containers === undefined) {
    return running;
  }
  const stopped = stoppedBy === undefined ? [] : stoppedServices(was, now);
  if (stopped.length > 0) {
    return `${running} Stopped by this run: ${sentenceList(stopped)}.`;
  }
  const touched = touchedServices(was, now);
  return touched.length === 0
    ? `${running} None of its services was touched.`
    : `${running} Touched: ${touched.join(", ")}.`;
}
