/** Start of services that were stopped, from their containers alone. */
import type { InspectedContainer } from "../docker/container-details.ts";
import { isLocalEngine } from "../docker/endpoint.ts";
import { DEPENDS_ON_LABEL } from "../docker/labels.ts";
import { DeployError } from "../errors.ts";
import type { ProgressListener } from "../progress.ts";
import { zbl } from "../text/zbl.ts";
import { ContainerWatch } from "./container-watch.ts";
import { deployStatusOf } from "./inspected-status.ts";
import { requireContainers, upCommand } from "./known-project.ts";
import type { ComposeProject } from "./project.ts";
import { type ExpectedService, type Readiness, ReadinessJudge } from "./readiness.ts";
import { serviceNotFound } from "./service-not-found.ts";
import { startSeconds } from "./start-timeout.ts";
import type { DeployStatus } from "./status.ts";
import { type WaitResult, waitUntilReady } from "./wait.ts";

/** Callbacks and end of a start. */
export interface StartAgainOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * Starts the stopped containers of the named services, or of all, and waits until those services
 * are ready, as a start of the deployment does. Makes no container and changes no setting.
 *
 * @param services names of services. Empty for all
 * @throws DeployError of kind `ProjectNotFound`; of kind `ServiceNotFound` where there is no container
 *   to start; of kind `NotReady`, `CrashLoop`, `MigrationFailed` or `DeadlineExceeded` for a service that
 *   does not become ready; or of the kind that docker's own failure tells
 */
export function startAgain(
  project: ComposeProject,
  services: readonly string[],
  { signal, onProgress }: StartAgainOptions,
): Promise<DeployStatus> {
  return project.exclusively("start", async () => {
    const found = await project.containers();
    if (found.length === 0) {
      await requireContainers(project);
    }
    const expected = await expectedOf(project, services, found);
    const judge = new ReadinessJudge();
    judge.note(found);
    const names = expected.map(({ name }) => name).join(", ");
    onProgress?.({ message: `project ${project.name}: starting ${names}` });
    const watch = new ContainerWatch(project);
    try {
      await project.startServices(services);
      const result = await waitUntilReady({
        watch,
        expected,
        judge,
        isLocal: await isLocalEngine(project.engine, signal),
        deadlineMs: performance.now() + startSeconds({}) * 1000,
        isFinal: () => true,
        signal: signal ?? new AbortController().signal,
        onProgress,
      });
      if (result.outcome !== "ready") {
        throw failureOf(project.name, result);
      }
      return deployStatusOf(await project.containers());
    } finally {
      await watch.close();
    }
  });
}

async function expectedOf(
  project: ComposeProject,
  services: readonly string[],
  found: readonly InspectedContainer[],
): Promise<ExpectedService[]> {
  const names = [...new Set(found.map(({ service }) => service))].sort();
  if (names.length === 0) {
    throw new DeployError(
      "ServiceNotFound",
      `Project ${project.name} has no containers to start. Create them with \`${upCommand(project)}\`.`,
    );
  }
  const unknown = services.find((service) => !names.includes(service));
  if (unknown !== undefined) {
    throw await serviceNotFound(project.name, unknown, names);
  }
  const oneShots = oneShotsOf(found);
  return names
    .filter((name) => services.length === 0 || services.includes(name))
    .map((name) => ({ name, oneShot: oneShots.has(name), hasHealthCheck: false }));
}

/** Services that others wait for to complete, as compose has written on the containers of those. */
function oneShotsOf(found: readonly InspectedContainer[]): Set<string> {
  const waits = found.flatMap(({ labels }) => (labels[DEPENDS_ON_LABEL] ?? "").split(","));
  return new Set(
    waits.flatMap((wait) => {
      const [service = "", condition] = wait.split(":");
      return condition === "service_completed_successfully" ? [service] : [];
    }),
  );
}

function failureOf(project: string, { outcome, services }: WaitResult): DeployError {
  if (outcome === "stopped") {
    return new DeployError("Canceled", `Starting the services of project ${project} was canceled.`);
  }
  const unready = services.filter(({ state }) => state !== "ready");
  const culprit = unready.find(({ state }) => state === "failed") ?? (unready[0] as Readiness);
  const { service, reason, failure = "NotReady" } = culprit;
  const logs = zbl("logs", "--project", project, service);
  const late = outcome === "deadline" ? ` within ${startSeconds({})} s` : "";
  return new DeployError(
    outcome === "deadline" ? "DeadlineExceeded" : failure,
    `Service ${service} of project ${project} is not ready${late}: ${reason}. \`${logs}\` shows why.`,
    { service },
  );
}
