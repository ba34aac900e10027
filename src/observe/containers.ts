/** Containers of a project with their configuration. Holds secrets. */
import { z } from "zod";
import {
  type ContainerSpec,
  healthCheckText,
  loggingText,
  mountText,
  portText,
  restartText,
} from "../compose/container-spec.ts";
import { RESTART_LABEL } from "../compose/override.ts";
import { CONFIG_HASH_LABEL, ONE_OFF_LABEL, SERVICE_LABEL } from "../docker/labels.ts";
import { DeployError } from "../errors.ts";
import { variablesOf } from "../text/variables.ts";
import { isAnonymousVolume } from "./found-volumes.ts";

const healthSchema = z.looseObject({
  Test: z.array(z.string()).nullish(),
  Interval: z.number().default(0),
  Timeout: z.number().default(0),
  StartPeriod: z.number().default(0),
  StartInterval: z.number().default(0),
  Retries: z.number().default(0),
});

const mountSchema = z.looseObject({
  Type: z.string().default(""),
  Name: z.string().default(""),
  Source: z.string().default(""),
  Destination: z.string().default(""),
  RW: z.boolean().default(true),
});

const bindings = z
  .record(
    z.string(),
    z
      .array(z.looseObject({ HostIp: z.string().default(""), HostPort: z.string().default("") }))
      .nullable(),
  )
  .nullish();

const schema = z.array(
  z.looseObject({
    Id: z.string(),
    Name: z.string().default(""),
    Image: z.string().default(""),
    State: z.looseObject({
      Status: z.string().default(""),
      ExitCode: z.number().default(0),
      Health: z.looseObject({ Status: z.string().default("") }).nullish(),
    }),
    Config: z.looseObject({
      Image: z.string().default(""),
      Env: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Healthcheck: healthSchema.nullish(),
      Labels: z.record(z.string(), z.string()).nullish(),
    }),
    HostConfig: z.looseObject({
      PortBindings: bindings,
      Memory: z.number().default(0),
      RestartPolicy: z
        .looseObject({ Name: z.string().default(""), MaximumRetryCount: z.number().default(0) })
        .nullish(),
      LogConfig: z
        .looseObject({
          Type: z.string().default(""),
          Config: z.record(z.string(), z.string()).nullish(),
        })
        .nullish(),
    }),
    Mounts: z.array(mountSchema).nullish(),
  }),
);

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
  readonly facts: ContainerSpec;
}

const NS_PER_MS = 1e6;

/**
 * Reads inspected containers. Containers of `docker compose run` are left out.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of the output
 */
export function parseObserved(inspected: readonly unknown[]): ObservedContainer[] {
  const parsed = schema.safeParse(inspected);
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The Docker engine's answer about a container is not of the expected form. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
    );
  }
  return parsed.data
    .filter(({ Config }) => Config.Labels?.[ONE_OFF_LABEL] !== "True")
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
        imageId: labels["com.docker.compose.image"] ?? container.Image,
        facts: factsOf(container, labels),
      };
    })
    .sort((a, b) => (`${a.service}\n${a.name}` < `${b.service}\n${b.name}` ? -1 : 1));
}

type Container = z.output<typeof schema>[number];

function factsOf(
  { Config, HostConfig, Mounts }: Container,
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

function healthText(check: z.output<typeof healthSchema>): string {
  return healthCheckText({
    test: check.Test ?? [],
    intervalMs: check.Interval / NS_PER_MS,
    timeoutMs: check.Timeout / NS_PER_MS,
    startPeriodMs: check.StartPeriod / NS_PER_MS,
    startIntervalMs: check.StartInterval / NS_PER_MS,
    retries: check.Retries,
  });
}
