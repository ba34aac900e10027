import { classifyFailure, namesCause } from "../docker/classify.ts";
import { withoutProgress } from "../docker/compose-progress.ts";
import type { InspectedContainer } from "../docker/container-details.ts";
import { engineWords } from "../docker/endpoint-settings.ts";
import { DeployError } from "../errors.ts";
import { tailBytes } from "../text/clean.ts";
import { andMore } from "../text/list.ts";
import { zbl } from "../text/zbl.ts";
import { deployStatusOf } from "./inspected-status.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import type { Readiness, ReadinessJudge } from "./readiness.ts";
import { serviceAtFault } from "./service-at-fault.ts";
import { startSeconds } from "./start-timeout.ts";
import type { WaitResult } from "./wait.ts";

/** Log lines of the service at fault that an error shows. */
const ERROR_LOG_LINES = 20;
/** Most bytes of these log lines. */
const MAX_ERROR_LOG_BYTES = 4 * 1024;

/** Most bytes of a health check's output that an error shows. */
const MAX_ERROR_HEALTH_BYTES = 1024;

/** Most services that an error lists beside the one at fault. */
const MAX_ERROR_SERVICES = 20;

/** Result of observing the services once. */
type Seen = Pick<WaitResult, "services" | "status" | "inspected">;

/** Kinds of errors that do not tell the cause. The services themselves tell more. */
const VAGUE_KINDS = ["Canceled", "DeadlineExceeded"];

/**
 * Finds the reason of a failed start: docker's own message where it names the cause, else the
 * service at fault, with its last log lines.
 */
export async function explainFailure(
  deployment: LagoDeployment,
  judge: ReadinessJudge,
  start: PromiseSettledResult<void>,
  watch: PromiseSettledResult<WaitResult>,
): Promise<unknown> {
  const startError: unknown = start.status === "rejected" ? start.reason : undefined;
  if (deployment.options.signal?.aborted) {
    return startError ?? new DeployError("Canceled", "Starting the deployment was canceled.");
  }
  if (startError !== undefined && !isVague(startError)) {
    return await withService(deployment, startError);
  }
  if (watch.status === "rejected") {
    return watch.reason;
  }
  const { outcome } = watch.value;
  const seen = outcome === "stopped" ? await lastLook(deployment, judge) : watch.value;
  const culprit = culpritOf(seen.services, await serviceTold(deployment, startError));
  if (culprit === undefined) {
    return startError;
  }
  const late = DeployError.isDeployError(startError) && startError.kind === "DeadlineExceeded";
  return serviceFailure(deployment, culprit, seen, outcome === "deadline" || late, startError);
}

/**
 * Whether an error leaves the cause open. A message of docker that no pattern matches still names a
 * cause.
 */
function isVague(error: unknown): boolean {
  if (!DeployError.isDeployError(error)) {
    return false;
  }
  const { kind, stderr = "" } = error;
  return kind === "CommandFailed" ? !namesCause(stderr) : VAGUE_KINDS.includes(kind);
}

/** Service at fault that compose's output names, as far as the files can be read. */
async function serviceTold(
  deployment: LagoDeployment,
  error: unknown,
): Promise<string | undefined> {
  if (!DeployError.isDeployError(error) || !error.stderr) {
    return undefined;
  }
  const { services, volumes = [] } = await deployment.model();
  const { environment, project } = deployment;
  return serviceAtFault(error.stderr, { name: project.name, services, volumes, environment });
}

/** Adds the service at which compose gave up to an error in docker's own words. */
async function withService(deployment: LagoDeployment, error: unknown): Promise<unknown> {
  const service = await serviceTold(deployment, error);
  if (!DeployError.isDeployError(error) || error.service !== undefined || service === undefined) {
    return error;
  }
  const { kind, exitCode, stderr = "", image } = error;
  const { advice } = classifyFailure(stderr);
  const lead = `Service ${service} of project ${deployment.project.name} was not started: ${advice}`;
  return new DeployError(kind, `${lead}\n${withoutProgress(stderr)}`, {
    service,
    stderr,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(image === undefined ? {} : { image }),
    cause: error,
  });
}

/** Observes the services after compose has given up: a container that has ended stays ended. */
async function lastLook(deployment: LagoDeployment, judge: ReadinessJudge): Promise<Seen> {
  const { project } = deployment;
  const model = await deployment.model();
  const inspected = await project.containers();
  const services = judge.judge(model.services, inspected, performance.now(), true);
  return { services, status: deployStatusOf(inspected), inspected };
}

/**
 * Picks the service at fault: the one that compose names, else one that failed, else one that is not
 * well, else one that never started.
 */
function culpritOf(
  services: readonly Readiness[],
  told: string | undefined,
): Readiness | undefined {
  const unready = services.filter(({ state }) => state !== "ready");
  return (
    unready.find(({ service }) => service === told) ??
    unready.find(({ state }) => state === "failed") ??
    unready.find(({ reason }) => /healthy|exit code/.test(reason)) ??
    unready.find(({ reason }) => reason !== "not created yet" && reason !== "created") ??
    unready[0]
  );
}

async function serviceFailure(
  deployment: LagoDeployment,
  culprit: Readiness,
  { services, status, inspected }: Seen,
  deadline: boolean,
  cause: unknown,
): Promise<DeployError> {
  const { project } = deployment;
  const { service } = culprit;
  const containers = status.containers.filter((container) => container.service === service);
  const image = containers[0]?.image;
  const others = services
    .filter(({ service: other, state }) => state !== "ready" && other !== service)
    .map(({ service: other, reason }) => `${other} (${reason})`);
  const limit = startSeconds(deployment.options);
  const lines = [
    deadline
      ? `Service ${service} of project ${project.name} was not ready within ${limit} s: ${culprit.reason}.`
      : `Service ${service} of project ${project.name} failed: ${culprit.reason}.`,
    ...(image ? [`Its image: ${image}.`] : []),
    ...dockerWords(culprit, cause),
    ...(others.length > 0 ? [`Also not ready: ${andMore(others, MAX_ERROR_SERVICES)}.`] : []),
    ...healthLines(inspected.filter(({ id }) => containers.some((own) => id.startsWith(own.id)))),
    ...(await lastLogLines(deployment, service)),
    "Everything that was started is left as it is, with its data. Correct the cause and run the same command again; " +
      `\`${zbl("logs", service, "--project", project.name, ...engineWords(project.engine))}\` shows more.`,
  ];
  const kind = deadline ? "DeadlineExceeded" : (culprit.failure ?? "NotReady");
  return new DeployError(kind, lines.join("\n"), {
    service,
    ...(image ? { image } : {}),
    cause,
  });
}

/** Words of docker about a service that never ran, which has neither a health check nor a log. */
function dockerWords({ reason }: Readiness, cause: unknown): string[] {
  const words = DeployError.isDeployError(cause) ? (cause.stderr ?? "") : "";
  const hasRun = reason !== "not created yet" && reason !== "created";
  return hasRun || words === "" ? [] : ["Docker said:", withoutProgress(words)];
}

function healthLines(inspected: readonly InspectedContainer[]): string[] {
  const output = inspected.map(({ healthOutput }) => healthOutput.trim()).find((text) => text);
  return output === undefined
    ? []
    : ["Its last health check that failed said:", tailBytes(output, MAX_ERROR_HEALTH_BYTES)];
}

async function lastLogLines(deployment: LagoDeployment, service: string): Promise<string[]> {
  try {
    const logs = (await deployment.logs(service, ERROR_LOG_LINES)).trimEnd();
    return logs === ""
      ? [`${service} has written no log.`]
      : [`Its last log lines:`, tailBytes(logs, MAX_ERROR_LOG_BYTES)];
  } catch {
    // The failure itself matters more than its logs, which may be unavailable for the same reason.
    return [];
  }
}
