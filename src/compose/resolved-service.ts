/** A service as `docker compose config` prints it, and its container spec. Holds secrets. */
import { z } from "zod";
import {
  type ContainerSpec,
  healthCheckText,
  loggingText,
  mountText,
  portText,
  restartText,
} from "./container-spec.ts";
import { parseGoDuration } from "./go-duration.ts";
import { RESTART_LABEL } from "./override.ts";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const portSchema = z.looseObject({
  host_ip: z.string().default(""),
  published: text.default(""),
  target: text,
  protocol: z.string().default("tcp"),
});

const volumeSchema = z.looseObject({
  type: z.string(),
  source: z.string().default(""),
  target: z.string(),
  read_only: z.boolean().default(false),
});

/** A file that a service mounts, as an entry of its `configs` or `secrets`. */
const fileSchema = z.looseObject({ source: z.string(), target: z.string().default("") });

const healthSchema = z.looseObject({
  disable: z.boolean().default(false),
  test: z.array(z.string()).nullish(),
  interval: z.string().default(""),
  timeout: z.string().default(""),
  start_period: z.string().default(""),
  start_interval: z.string().default(""),
  retries: text.default("0"),
});

const deploySchema = z.looseObject({
  replicas: z.number().nullish(),
  restart_policy: z
    .looseObject({ condition: z.string().default(""), max_attempts: z.number().nullish() })
    .nullish(),
  resources: z
    .looseObject({ limits: z.looseObject({ memory: text.nullish() }).nullish() })
    .nullish(),
});

/** The fields of a service that a plan compares. */
export const resolvedServiceSchema = z.looseObject({
  image: z.string().default(""),
  environment: z.record(z.string(), text.nullable()).nullish(),
  ports: z.array(portSchema).nullish(),
  volumes: z.array(volumeSchema).nullish(),
  configs: z.array(fileSchema).nullish(),
  secrets: z.array(fileSchema).nullish(),
  mem_limit: text.nullish(),
  command: z.array(z.string()).nullish(),
  healthcheck: healthSchema.nullish(),
  restart: z.string().nullish(),
  logging: z
    .looseObject({
      driver: z.string().default("json-file"),
      options: z.record(z.string(), text).nullish(),
    })
    .nullish(),
  labels: z.record(z.string(), text).nullish(),
  network_mode: z.string().nullish(),
  ipc: z.string().nullish(),
  pid: z.string().nullish(),
  volumes_from: z.array(z.string()).nullish(),
  scale: z.number().nullish(),
  deploy: deploySchema.nullish(),
  depends_on: z
    .record(z.string(), z.looseObject({ restart: z.boolean().default(false) }))
    .nullish(),
});

type Service = z.output<typeof resolvedServiceSchema>;

/** Whether a service shares something with a container of another service, by that container's id. */
export function sharesWithContainer(service: Service): boolean {
  const { network_mode: network, ipc, pid, volumes_from: volumes } = service;
  return (
    [network, ipc, pid].some((mode) => mode?.startsWith("service:")) ||
    (volumes ?? []).some((from) => !from.startsWith("container:"))
  );
}

/** Lookups into the top-level sections that services share. */
export interface Shared {
  /** Returns the name of a volume on the engine. */
  readonly volumeName: (key: string) => string;
  /** Returns the host file behind a config; undefined when its content comes from elsewhere. */
  readonly configFile: (key: string) => string | undefined;
  /** Returns the host file behind a secret; undefined when its content comes from elsewhere. */
  readonly secretFile: (key: string) => string | undefined;
}

/** Returns the spec of the container that compose would create for the service. */
export function containerSpecOf(service: Service, shared: Shared): ContainerSpec {
  const { logging, healthcheck } = service;
  return {
    image: service.image,
    environment: Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [name, value ?? ""]),
    ),
    ports: (service.ports ?? [])
      .map((port) => portText(port.host_ip, port.published, `${port.target}/${port.protocol}`))
      .sort(),
    mounts: mountsOf(service, shared).sort(),
    memoryBytes: Number(service.mem_limit ?? service.deploy?.resources?.limits?.memory ?? 0),
    command: service.command == null ? undefined : JSON.stringify(service.command),
    healthCheck: healthcheck == null ? undefined : healthText(healthcheck),
    restartPolicy: restartPolicy(service),
    logging: logging == null ? undefined : loggingText(logging.driver, logging.options ?? {}),
    restartToken: service.labels?.[RESTART_LABEL],
  };
}

function mountsOf({ volumes, configs, secrets }: Service, shared: Shared): string[] {
  const { volumeName, configFile, secretFile } = shared;
  // Compose mounts the files of configs and secrets like host folders.
  const files = (all: Service["configs"], folder: string, fileOf: Shared["configFile"]) =>
    (all ?? []).flatMap(({ source, target }) => {
      const file = fileOf(source);
      const place = target.startsWith("/") ? target : `${folder}${target || source}`;
      return file === undefined ? [] : [mountText(file, place, true)];
    });
  return [
    ...(volumes ?? [])
      // A mount without a source is an anonymous volume, whose name the engine makes up.
      .filter(({ type, source }) => type === "bind" || (type === "volume" && source !== ""))
      .map(({ type, source, target, read_only: readOnly }) =>
        mountText(type === "volume" ? volumeName(source) : source, target, readOnly),
      ),
    ...files(configs, "/", configFile),
    ...files(secrets, "/run/secrets/", secretFile),
  ];
}

/** Names of the engine for the conditions of `deploy.restart_policy`. */
const RESTART_CONDITIONS: Readonly<Record<string, string>> = { none: "no", any: "always" };

function restartPolicy({ restart, deploy }: Service): string {
  const policy = deploy?.restart_policy;
  return policy == null
    ? restart || "no"
    : restartText(
        RESTART_CONDITIONS[policy.condition || "any"] ?? policy.condition,
        policy.max_attempts ?? 0,
      );
}

function healthText(check: z.output<typeof healthSchema>): string {
  const ms = (duration: string) => parseGoDuration(duration) ?? 0;
  return healthCheckText({
    test: check.disable ? ["NONE"] : (check.test ?? []),
    intervalMs: ms(check.interval),
    timeoutMs: ms(check.timeout),
    startPeriodMs: ms(check.start_period),
    startIntervalMs: ms(check.start_interval),
    retries: Number(check.retries),
  });
}
