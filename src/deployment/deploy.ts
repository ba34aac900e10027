import { neededImages } from "../compose/images.ts";
import type { ComposeModel } from "../compose/model.ts";
import { requireAnswer } from "../docker/engine-identity.ts";
import { projectVolumes } from "../keys/project-volumes.ts";
import { type Snapshot, takeSnapshot } from "../observe/snapshot.ts";
import { guardKeys } from "./key-guard.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { nameLive, proxiedServices, removeLeftOvers } from "./live-containers.ts";
import { openOrganization } from "./organization.ts";
import { orphansOf } from "./orphans.ts";
import { planOf } from "./plan.ts";
import { requireNoConflicts } from "./preflight.ts";
import { type Replacement, replacementsIn, startInSteps } from "./replace-services.ts";
import { requireSafe } from "./safety.ts";
import { StartRun } from "./start-run.ts";
import { startSeconds } from "./start-timeout.ts";
import type { DeployStatus } from "./status.ts";
import { requireSameVolumes } from "./volumes.ts";

/**
 * Starts the deployment. Pulls missing images first. Returns when every service is healthy, or where
 * there is no health check answers at a published port or has run for three seconds, and every
 * one-shot has ended with exit code 0.
 *
 * A failed start leaves everything that was started, and touches nothing that holds data. A start
 * is refused before it begins if somebody else holds a port or a container name, or if a volume or
 * a key is not the one of the project's data. Waits for other operations on the project.
 *
 * Where `LAGO_CREATE_ORG` is `true`, opens the organization that `LAGO_ORG_*` describe once every service
 * is ready, unless the data has an organization.
 *
 * @throws DeployError of kind `UnsafeConfig`, `Locked`, `VolumeChanged` or `KeysChanged`; of kind `NotReady`,
 *   `CrashLoop`, `MigrationFailed` or `DeadlineExceeded`, which names the service and shows its last
 *   log lines; or of the kind that docker's own failure tells
 */
export async function deploy(deployment: LagoDeployment): Promise<DeployStatus> {
  await requireAnswer(deployment.project.engine, deployment.options.signal);
  await deployment.requireSettings();
  await requireSafe(deployment);
  const { timings } = deployment.options;
  timings?.mark("checks");
  return deployment.project.exclusively("up", () => {
    timings?.mark("lock");
    return deployAlone(deployment);
  });
}

async function deployAlone(deployment: LagoDeployment): Promise<DeployStatus> {
  const { project, options: settings } = deployment;
  const { onProgress, signal, timings } = settings;
  const model = await deployment.model();
  const snapshot = await takeSnapshot(project.name, project.engine, signal);
  await requireSameVolumes(deployment, snapshot);
  const keys = await guardKeys({
    projectName: project.name,
    engine: project.engine,
    volumes: projectVolumes(project.name, snapshot.volumes),
    environment: deployment.environment,
    allowKeyChange: settings.allowKeyChange,
    signal,
    onProgress,
  });
  timings?.mark("volumes and keys");
  await requireNoConflicts(deployment, snapshot);
  timings?.mark("ports");

  onProgress?.({ message: `project ${project.name}: looking for missing images` });
  const pullPolicy = settings.pullPolicy ?? "missing";
  // Compose takes its time to find that no image is missing, and `up` looks again.
  if (pullPolicy === "always" || !(await hasImages(deployment, snapshot))) {
    await deployment.pull({ pullPolicy });
  }
  timings?.mark("pull");

  const proxied = proxiedServices(model);
  if (proxied.length > 0) {
    const removed = await removeLeftOvers(project, proxied);
    if (removed.length > 0) {
      const message = `project ${project.name}: removed what an earlier run left beside the services: ${removed.join(", ")}`;
      onProgress?.({ message });
    }
  }
  const replacements = proxied.length === 0 ? [] : replacementsIn(await planOf(deployment));
  const run = await StartRun.begin(deployment, snapshot);
  try {
    await stopStuck(deployment, run.before, model);
    const orphans = orphansOf(model, run.before);
    if (orphans.services.length > 0 && !orphans.removable) {
      const names = orphans.services.join(", ");
      onProgress?.({ message: `project ${project.name}: left alone, not declared: ${names}` });
    }
    await keys.beforeStart();
    timings?.mark("looking");
    onProgress?.({
      message: `project ${project.name}: starting ${model.services.length} services`,
    });
    const status = await startAll(run, model, replacements, orphans.removable);
    await keys.afterStart();
    await openOrganization(deployment, startSeconds(settings) * 1000);
    return status;
  } finally {
    await run.close();
  }
}

/** Starts all services, and waits until they are ready. */
async function startAll(
  run: StartRun,
  model: ComposeModel,
  replacements: readonly Replacement[],
  removeOrphans: boolean,
): Promise<DeployStatus> {
  const { deployment } = run;
  if (replacements.length > 0) {
    return await startInSteps(run, model, replacements, removeOrphans);
  }
  const proxied = proxiedServices(model);
  return await run.step(async (call) => {
    try {
      await deployment.start({ ...call, removeOrphans });
    } finally {
      if (proxied.length > 0) {
        await nameLive(deployment.project, proxied);
      }
    }
  }, model.services);
}

/** Whether the engine has all images that the services need, as far as the files tell. */
async function hasImages(deployment: LagoDeployment, { images }: Snapshot): Promise<boolean> {
  const { environment, options } = deployment;
  const version = options.isolated === false ? undefined : options.version;
  const needed = neededImages(await deployment.model(), environment, version);
  return needed?.every((name) => images.idOf(name) !== undefined) === true;
}

/**
 * Stops containers that compose would not start again: compose leaves an unhealthy container alone,
 * does not start the services that wait for it, and fails on a paused one. Once stopped, each is
 * started in its turn.
 */
async function stopStuck(
  { project, options }: LagoDeployment,
  { containers }: DeployStatus,
  { services }: ComposeModel,
): Promise<void> {
  const declared = new Set(services.map(({ name }) => name));
  const stuck = containers.filter(
    ({ service, state, health }) =>
      declared.has(service) &&
      (state === "paused" || (state === "running" && health === "unhealthy")),
  );
  const names = [...new Set(stuck.map(({ service }) => service))];
  if (names.length > 0) {
    const message = `project ${project.name}: unhealthy or paused, and started anew: ${names.join(", ")}`;
    options.onProgress?.({ message });
    await project.stopServices(names);
  }
}
