import type { dynamic } from "@pulumi/pulumi";
import { inspectedDetails } from "../../compose/one-shots.ts";
import { deployStatusOf } from "../../deployment/inspected-status.ts";
import { serviceLogs } from "../../deployment/service-logs.ts";
import { type ContainerStatus, type DeployStatus, ServiceStatus } from "../../deployment/status.ts";
import { addImages } from "../../deployment/status-images.ts";
import { wantedService } from "../../deployment/wanted-services.ts";
import { DEFAULT_ENGINE, type DockerEndpoint } from "../../docker/endpoint-settings.ts";
import type { DeployError } from "../../errors.ts";
import { onDeployError } from "../../errors.ts";
import { projectVolumes } from "../../keys/project-volumes.ts";
import { type Snapshot, takeSnapshot } from "../../observe/snapshot.ts";
import { tailBytes } from "../../text/clean.ts";
import type { LagoServiceOutput } from "./output-types.ts";
import { refreshSnapshot } from "./refresh-snapshot.ts";
import { sameJson, toStateJson, type WithProvider } from "./wire.ts";

/**
 * Most bytes of all services' logs in the state, divided equally. The state holds the logs three
 * times.
 */
const MAX_LOG_BYTES = 16 * 1024;

/** Most bytes of one service's log in the state. */
const MAX_SERVICE_LOG_BYTES = 8 * 1024;

interface StatusInputs {
  readonly projectName: string;
  /** Engine of the project. Defaults to the engine that docker's own settings name. */
  readonly engine?: DockerEndpoint | undefined;
  /** Number of log lines of each service. */
  readonly logTail: number;
  /** Names of the services that should run. Absent in states of earlier releases. */
  readonly declared?: readonly string[] | undefined;
  /** Number of containers of each service that has several. Absent where none has. */
  readonly replicas?: Readonly<Record<string, number>> | undefined;
  /** Changes with the deployment, so that the status is read again afterwards. */
  readonly revision: unknown;
}

interface StatusOutputs extends StatusInputs {
  readonly running: boolean;
  /** Absent in states of earlier releases, until their next refresh. */
  readonly ready?: boolean;
  readonly services: readonly LagoServiceOutput[];
  /** Names of services that have containers in the project and should not run. */
  readonly undeclared: readonly string[];
  /** Names of the project's volumes that hold data. */
  readonly volumes: readonly string[];
  readonly logs: Readonly<Record<string, string>>;
}

/** Reads services and logs from the engine for the outputs of the resource. Changes nothing. */
export const statusProvider = {
  async diff(
    _id: string,
    olds: WithProvider<StatusOutputs>,
    news: WithProvider<StatusInputs>,
  ): Promise<dynamic.DiffResult> {
    const { running, ready, services, undeclared, volumes, logs, ...oldInputs } = olds;
    return { changes: !sameJson(oldInputs, news) };
  },

  async create(inputs: WithProvider<StatusInputs>): Promise<dynamic.CreateResult> {
    return { id: inputs.projectName, outs: await observe(inputs, await snapshotOf(inputs)) };
  },

  async update(
    _id: string,
    _olds: WithProvider<StatusOutputs>,
    news: WithProvider<StatusInputs>,
  ): Promise<dynamic.UpdateResult> {
    return { outs: await observe(news, await snapshotOf(news)) };
  },

  async read(id: string, olds: WithProvider<StatusOutputs>): Promise<dynamic.ReadResult> {
    const props = await onDeployError(
      async () => {
        const snapshot = await refreshSnapshot(olds.projectName, olds.engine);
        return { ...(await observe(olds, snapshot)), __provider: olds.__provider };
      },
      (failure) => {
        warnOfUnknown(olds.projectName, failure);
        return { ...olds, running: false, ready: false, services: unknown(olds.services) };
      },
    );
    return { id, props };
  },
};

/** Looks at the engine anew, since the deployment has just changed. */
function snapshotOf({ projectName, engine = DEFAULT_ENGINE }: StatusInputs): Promise<Snapshot> {
  return takeSnapshot(projectName, engine);
}

async function observe(inputs: StatusInputs, snapshot: Snapshot): Promise<StatusOutputs> {
  const { projectName, engine = DEFAULT_ENGINE, logTail, declared, replicas, revision } = inputs;
  const tails = Object.entries(await serviceLogs(snapshot, engine, logTail));
  const inspected = inspectedDetails(snapshot.containers);
  const wanted = declared?.map((name) => wantedService(name, replicas?.[name]));
  const status = addImages(deployStatusOf(inspected, wanted), inspected, snapshot.images.digestsOf);
  const names = new Set(status.containers.map(({ service }) => service));
  const { dataVolumes } = projectVolumes(projectName, snapshot.volumes);
  const share = Math.min(MAX_SERVICE_LOG_BYTES, Math.floor(MAX_LOG_BYTES / (tails.length || 1)));
  return toStateJson({
    projectName,
    engine: inputs.engine,
    logTail,
    declared,
    replicas,
    revision,
    running: status.running,
    ready: status.ready,
    services: serviceOutputs(status),
    undeclared: [...names].filter((name) => declared?.includes(name) === false),
    volumes: [...dataVolumes].sort(),
    logs: Object.fromEntries(tails.map(([service, text]) => [service, tailBytes(text, share)])),
  });
}

function serviceOutputs({ services, containers }: DeployStatus): LagoServiceOutput[] {
  return services.flatMap(([name, status]) => {
    const own = containers.filter(({ service }) => service === name);
    return own.length === 0 ? [withoutContainer(name, status)] : own.map(containerOutput);
  });
}

function containerOutput(container: ContainerStatus): LagoServiceOutput {
  return {
    name: container.service,
    index: container.index,
    status: container.status,
    health: container.health,
    exitCode: container.exitCode,
    image: container.image,
    imageId: container.imageId ?? "",
    imageDigest: container.imageDigest ?? "",
    standIn: container.standIn,
    ports: container.ports.map((p) => `${p.address}:${p.hostPort}->${p.containerPort}`),
  };
}

function withoutContainer(name: string, status: ServiceStatus): LagoServiceOutput {
  const nothing = { health: "", exitCode: 0, image: "", imageId: "", imageDigest: "" };
  return { name, index: 0, status, ...nothing, standIn: false, ports: [] };
}

/** Warns on standard error, which Pulumi shows beside the refresh or preview. */
function warnOfUnknown(projectName: string, error: DeployError): void {
  // Only the first line, which is our own. The lines of docker that follow may quote anything.
  const [reason = ""] = error.message.split("\n");
  process.stderr.write(`warning: the status of project ${projectName} is unknown: ${reason}\n`);
}

/**
 * Marks all services as unknown. If the engine does not answer, nothing is known, and services must
 * not count as removed.
 */
function unknown(services: readonly LagoServiceOutput[]): LagoServiceOutput[] {
  return services.map((service) => ({ ...service, status: ServiceStatus.Unknown, health: "" }));
}
