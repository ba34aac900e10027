/** Containers of a project with their configuration. Holds secrets. */
import {
  type ContainerSpec,
  healthCheckText,
  loggingText,
  mountText,
  portText,
  restartText,
} from "../compose/container-spec.ts";
import { mayEnd } from "../compose/one-shots.ts";
import { RESTART_LABEL } from "../compose/override.ts";
import type { EngineContainer, EngineHealthCheck } from "../docker/engine-container.ts";
import { CONFIG_HASH_LABEL, isOneOff, SERVICE_LABEL } from "../docker/labels.ts";
import { inOrder } from "../docker/ps-container.ts";
import { variablesOf } from "../text/variables.ts";
import { isAnonymousVolume } from "./found-volumes.ts";

/** One container of a compose project. */
export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Docker's word: running, exited, created, restarting, paused, dead, removing. */
  readonly state: string;
  /** healthy, unhealthy, starting, or empty where there is no health check. */
  readonly health: string;
  /** Exit code; 0 while the container runs. */
  readonly exitCode: number;
  /** Compose's hash of the service that the container was made from. */
  readonly configHash: string;
  /** Content of the image that the container was made from, such as `sha256:…`. */
  readonly imageId: string;
  readonly spec: ContainerSpec;
  readonly times?: ContainerTimes;
  /**
   * Whether an end with exit code 0 is the end of the container's work. Defaults to false.
   */
  readonly mayEnd?: boolean;
  /** Whether the container has volumes whose names the engine made up. Defaults to false. */
  readonly hasAnonymousVolumes?: boolean;
}

/** Times in the life of a container, in milliseconds since 1970. */
export interface ContainerTimes {
  readonly createdMs: number;
  /** Last start. */
  readonly startedMs: number;
  /** Last end; undefined for a container that never ended. */
  readonly endedMs: number | undefined;
}

const NS_PER_MS = 1e6;

/** Reads a project's containers, sorted by service and name. Leaves out those of `docker compose run`. */
export function observedContainers(containers: readonly EngineContainer[]): ObservedContainer[] {
  const observed = containers
    .filter(({ Config }) => !isOneOff(Config.Labels))
    .map((container) => {
      const labels = container.Config.Labels ?? {};
      return {
        id: container.Id,
        name: container.Name.replace(/^\//, ""),
        service: labels[SERVICE_LABEL] ?? "",
        state: container.State.Status,
        health: container.State.Health?.Status ?? "",
        exitCode: container.State.ExitCode,
        configHash: labels[CONFIG_HASH_LABEL] ?? "",
        imageId: imageIdsOf(container)[0] ?? "",
        spec: specOf(container, labels),
        ...timesOf(container),
        ...(mayEnd(container) ? { mayEnd: true } : {}),
        ...((container.Mounts ?? []).some(
          ({ Type, Name }) => Type === "volume" && isAnonymousVolume(Name),
        )
          ? { hasAnonymousVolumes: true }
          : {}),
      };
    });
  return inOrder(observed);
}

/** Contents of the image that compose made a container from, and of the one that the engine has for it. */
export function imageIdsOf({ Config, Image }: EngineContainer): string[] {
  return [Config.Labels?.["com.docker.compose.image"] ?? [], Image].flat();
}

/** Times of a container, unless the engine leaves them out. */
function timesOf({ Created, State }: EngineContainer): Pick<ObservedContainer, "times"> {
  const [createdMs, startedMs] = [Date.parse(Created), Date.parse(State.StartedAt)];
  if (Number.isNaN(createdMs) || Number.isNaN(startedMs)) {
    return {};
  }
  const endedMs = Date.parse(State.FinishedAt);
  // The engine writes year 1 for an end that has not come.
  return { times: { createdMs, startedMs, endedMs: endedMs > 0 ? endedMs : undefined } };
}

function specOf(
  { Config, HostConfig, Mounts }: EngineContainer,
  labels: Readonly<Record<string, string>>,
): ContainerSpec {
  const check = Config.Healthcheck;
  const log = HostConfig.LogConfig;
  return {
    image: Config.Image,
    environment: variablesOf(Config.Env ?? []),
    ports: Object.entries(HostConfig.PortBindings ?? {})
      .flatMap(([target, published]) =>
        (published ?? []).map(({ HostIp, HostPort }) => portText(HostIp, HostPort, target)),
      )
      .sort(),
    mounts: (Mounts ?? [])
      .filter(
        ({ Type, Name }) => Type === "bind" || (Type === "volume" && !isAnonymousVolume(Name)),
      )
      .map(({ Type, Name, Source, Destination, RW }) =>
        mountText(Type === "volume" ? Name : Source, Destination, !RW),
      )
      .sort(),
    memoryBytes: HostConfig.Memory,
    command: Config.Cmd == null ? undefined : JSON.stringify(Config.Cmd),
    healthCheck: check == null ? undefined : healthText(check),
    restartPolicy: restartText(
      HostConfig.RestartPolicy?.Name ?? "",
      HostConfig.RestartPolicy?.MaximumRetryCount ?? 0,
    ),
    logging: log == null ? undefined : loggingText(log.Type, log.Config ?? {}),
    restartToken: labels[RESTART_LABEL],
  };
}

function healthText(check: EngineHealthCheck): string {
  return healthCheckText({
    test: check.Test ?? [],
    intervalMs: check.Interval / NS_PER_MS,
    timeoutMs: check.Timeout / NS_PER_MS,
    startPeriodMs: check.StartPeriod / NS_PER_MS,
    startIntervalMs: check.StartInterval / NS_PER_MS,
    retries: check.Retries,
  });
}
