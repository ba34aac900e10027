import { DeployError } from "../errors.ts";
import { tailBytes } from "../text/clean.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { DEFAULT_START_TIMEOUT_SECONDS } from "./options.ts";
import type { Readiness, ReadinessJudge } from "./readiness.ts";
import type { WaitResult } from "./wait.ts";

/** Log lines of the service at fault that an error shows. */
const ERROR_LOG_LINES = 20;
/** And their most bytes. */
const MAX_ERROR_LOG_BYTES = 4 * 1024;

/** Kinds that say nothing of the cause, which the services themselves tell better. */
const VAGUE_KINDS = ["CommandFailed", "Canceled", "DeadlineExceeded"];

/**
 * Finds out why a start failed: docker's own words where they name the cause, else the service that
 * is to blame, with its last log lines.
 */
export async function explainFailure(
  deployment: LagoDeployment,
  judge: ReadinessJudge,
  start: PromiseSettledResult<void>,
  watch: PromiseSettledResult<WaitResult>,
): Promise<unknown> {
  const startError: unknown = start.status === "rejected" ? start.reason : undefined;
  if (deployment.options.signal?.aborted) {
    return startError ?? new DeployError("Canceled", "Starting the deployment was cancelled.");
  }
  const vague = DeployError.isDeployError(startError) && VAGUE_KINDS.includes(startError.kind);
  if (startError !== undefined && !vague) {
    return startError;
  }
  if (watch.status === "rejected") {
    return watch.reason;
  }
  const { outcome } = watch.value;
  const services = outcome === "stopped" ? await lastLook(deployment, judge) : watch.value.services;
  const culprit = culpritOf(services);
  if (culprit === undefined) {
    return startError;
  }
  const late = DeployError.isDeployError(startError) && startError.kind === "DeadlineExceeded";
  return notReady(deployment, culprit, services, outcome === "deadline" || late, startError);
}

/** How things stand once compose has given up: what ended now stays ended. */
async function lastLook(deployment: LagoDeployment, judge: ReadinessJudge) {
  const { project } = deployment;
  const model = await deployment.model();
  const { containers } = await project.status();
  const inspected = await project.inspect(containers.map(({ id }) => id));
  return judge.judge(model.services, containers, inspected, performance.now(), true);
}

/** The service to blame: one that failed, else one that is not well, else one that never came. */
function culpritOf(services: readonly Readiness[]): Readiness | undefined {
  const unready = services.filter(({ state }) => state !== "ready");
  return (
    unready.find(({ state }) => state === "failed") ??
    unready.find(({ reason }) => /healthy|exit code/.test(reason)) ??
    unready.find(({ reason }) => reason !== "not created yet" && reason !== "created") ??
    unready[0]
  );
}

async function notReady(
  deployment: LagoDeployment,
  culprit: Readiness,
  services: readonly Readiness[],
  deadline: boolean,
  cause: unknown,
): Promise<DeployError> {
  const { project } = deployment;
  const others = services
    .filter(({ service, state }) => state !== "ready" && service !== culprit.service)
    .map(({ service, reason }) => `${service} (${reason})`);
  const limit = deployment.options.startTimeoutSeconds ?? DEFAULT_START_TIMEOUT_SECONDS;
  const lines = [
    deadline
      ? `Service ${culprit.service} of project ${project.name} was not ready within ${limit} s: ${culprit.reason}.`
      : `Service ${culprit.service} of project ${project.name} failed: ${culprit.reason}.`,
    ...(others.length > 0 ? [`Also not ready: ${others.join(", ")}.`] : []),
    ...(await lastLogLines(deployment, culprit.service)),
    "Everything that was started is left as it is, with its data. Correct the cause and run the same command again; " +
      `\`z-billing-lago logs ${culprit.service} --project ${project.name}\` shows more.`,
  ];
  return new DeployError(deadline ? "DeadlineExceeded" : "NotReady", lines.join("\n"), {
    service: culprit.service,
    cause,
  });
}

async function lastLogLines(deployment: LagoDeployment, service: string): Promise<string[]> {
  try {
    const logs = (await deployment.logs(service, ERROR_LOG_LINES)).trimEnd();
    return logs === ""
      ? [`${service} has written no log.`]
      : [`Its last log lines:`, tailBytes(logs, MAX_ERROR_LOG_BYTES)];
  } catch {
    // The failure itself matters more than its logs, which may be out of reach for the same reason.
    return [];
  }
}
