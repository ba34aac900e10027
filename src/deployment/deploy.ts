import { neededImages } from "../compose/images.ts";
import type { ComposeModel } from "../compose/model.ts";
import { bundledHosts } from "../compose/service-roles.ts";
import { requireAnswer } from "../docker/engine-identity.ts";
import { DeployError, onDeployError } from "../errors.ts";
import { projectVolumes } from "../keys/project-volumes.ts";
import { type Snapshot, takeSnapshot } from "../observe/snapshot.ts";
import { guardKeys, type KeyGuard } from "./key-guard.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { nameLive, proxiedServices, removeLeftOvers } from "./live-containers.ts";
import { openOrganization } from "./organization.ts";
import { orphansOf } from "./orphans.ts";
import { planOf } from "./plan.ts";
import { findConflicts } from "./preflight.ts";
import { type Replacement, replacementsIn, startInSteps } from "./replace-services.ts";
import { requireSafe } from "./safety.ts";
import { faultsError, ofKind } from "./start-fault.ts";
import { StartRun } from "./start-run.ts";
import { startSeconds } from "./start-timeout.ts";
import type { DeployStatus } from "./status.ts";
import { volumeOutlook } from "./volumes.ts";

/**
 * Starts the deployment. Pulls missing images first. Returns when every service is healthy, or where
 * there is no health check answers at a published port or has run for three seconds, and every
 * one-shot has ended with exit code 0.
 *
 * A failed start leaves everything that was started, and touches nothing that holds data. A start
 * is refused before it begins if somebody else holds a port or a container name, if a volume, a key
 * or the database's image is not the one of the project's data, or if an external network, an external
 * volume or a mounted file is not there. Waits for other operations on the project.
 *
 * Where `LAGO_CREATE_ORG` is `true`, opens the organization that `LAGO_ORG_*` describe once every service
 * is ready, unless the data has an organization.
 *
 * @throws DeployError of kind `UnsafeConfig`, `Locked`, `VolumeChanged`, `KeysChanged`, `PostgresChanged`,
 *   `PortTaken`, `NetworkNotFound`, `VolumeNotFound` or `MountFailed`, before anything is touched; of kind `NotReady`,
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
  const { onProgress, timings } = settings;
  const model = await deployment.model();
  const snapshot = await takeSnapshot(project.name, project.engine, settings.signal);
  const keys = await requireStartable(deployment, snapshot);

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

/**
 * Refuses a start for all faults at once. Changes nothing.
 *
 * @throws DeployError of the kind of the first fault
 * @internal
 */
export async function requireStartable(
  deployment: LagoDeployment,
  snapshot: Snapshot,
): Promise<KeyGuard> {
  const { project, options } = deployment;
  const { allowKeyChange, signal, onProgress, timings } = options;
  const { name: projectName, engine } = project;
  const { invalid, issues, notes } = await volumeOutlook(deployment, snapshot);
  const volumes = projectVolumes(projectName, snapshot.volumes);
  const guarding = {
    projectName,
    engine,
    volumes,
    environment: await deployment.keyVariables(),
    hosts: bundledHosts(await deployment.model()),
    allowKeyChange,
    signal,
    onProgress,
  };
  const keys = await onDeployError(
    () => guardKeys(guarding),
    (failure) => {
      if (failure.kind !== "KeysChanged") {
        throw failure;
      }
      return failure;
    },
  );
  timings?.mark("volumes and keys");
  const faults = [
    ...ofKind("InvalidConfig", invalid),
    ...ofKind("VolumeChanged", issues),
    ...(await findConflicts(deployment, snapshot)),
  ];
  timings?.mark("ports");
  if (DeployError.isDeployError(keys)) {
    if (faults.length === 0) {
      throw keys;
    }
    const changed = [{ field: "keys", message: keys.message }];
    throw faultsError(projectName, [...faults, ...ofKind("KeysChanged", changed)]);
  }
  if (faults.length > 0) {
    throw faultsError(projectName, faults);
  }
  for (const note of notes) {
    onProgress?.({ message: `project ${projectName}: ${note}` });
  }
  return keys;
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
