/** What compose would make of the files now, with every variable filled in. Holds secrets. */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { healthCheckText, loggingText, mountText, portText, type ServiceFacts } from "./facts.ts";
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

const healthSchema = z.looseObject({
  disable: z.boolean().default(false),
  test: z.array(z.string()).nullish(),
  interval: z.string().default(""),
  timeout: z.string().default(""),
  start_period: z.string().default(""),
  start_interval: z.string().default(""),
  retries: text.default("0"),
});

const serviceSchema = z.looseObject({
  image: z.string().default(""),
  environment: z.record(z.string(), text.nullable()).nullish(),
  ports: z.array(portSchema).nullish(),
  volumes: z.array(volumeSchema).nullish(),
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
  scale: z.number().nullish(),
  deploy: z
    .looseObject({
      replicas: z.number().nullish(),
      resources: z
        .looseObject({ limits: z.looseObject({ memory: text.nullish() }).nullish() })
        .nullish(),
    })
    .nullish(),
  depends_on: z
    .record(z.string(), z.looseObject({ restart: z.boolean().default(false) }))
    .nullish(),
});

const projectSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema).nullish(),
  volumes: z
    .record(
      z.string(),
      z.looseObject({ name: z.string().default(""), external: z.unknown().optional() }).nullable(),
    )
    .nullish(),
});

/** One service as compose would make it. */
export interface ResolvedService {
  readonly name: string;
  /** Compose's own hash of all that it recreates a container for. Unsalted: it is secret. */
  readonly configHash: string;
  /** Number of containers. */
  readonly scale: number;
  readonly facts: ServiceFacts;
  readonly dependsOn: readonly Dependency[];
}

/** A service that another one waits for. */
export interface Dependency {
  readonly name: string;
  /** Whether the other one is restarted when this one is replaced. */
  readonly restart: boolean;
}

/** The services that would run, and the names of the volumes they would have. */
export interface ResolvedProject {
  readonly services: readonly ResolvedService[];
  /** Names as the engine has them, without those that the files call external. */
  readonly volumes: readonly string[];
}

/**
 * Reads `docker compose config --format json` and `docker compose config --hash '*'`.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of either
 */
export function parseResolved(config: string, hashes: string): ResolvedProject {
  const parsed = projectSchema.safeParse(unescapeDollars(tryJson(config)));
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The output of `docker compose config` is not of the expected form. Run `z-billing-lago doctor` to see whether this compose version is supported.",
    );
  }
  const hashOf = new Map(
    hashes.split("\n").map((line) => line.trim().split(/\s+/) as [string, string]),
  );
  const volumes = parsed.data.volumes ?? {};
  const volumeName = (key: string) => volumes[key]?.name || key;
  return {
    services: Object.entries(parsed.data.services ?? {})
      .map(([name, service]) => ({
        name,
        configHash: hashOf.get(name) ?? "",
        scale: service.deploy?.replicas ?? service.scale ?? 1,
        facts: factsOf(service, volumeName),
        dependsOn: Object.entries(service.depends_on ?? {}).map(([other, { restart }]) => ({
          name: other,
          restart,
        })),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    volumes: Object.entries(volumes)
      .filter(([, volume]) => volume?.external !== true)
      .map(([key]) => volumeName(key))
      .sort(),
  };
}

type Service = z.output<typeof serviceSchema>;

function factsOf(service: Service, volumeName: (key: string) => string): ServiceFacts {
  const { logging, healthcheck } = service;
  return {
    image: service.image,
    environment: Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [name, value ?? ""]),
    ),
    ports: (service.ports ?? [])
      .map((port) => portText(port.host_ip, port.published, `${port.target}/${port.protocol}`))
      .sort(),
    mounts: (service.volumes ?? [])
      .filter(({ type }) => type === "volume" || type === "bind")
      .map(({ type, source, target, read_only: readOnly }) =>
        mountText(type === "volume" ? volumeName(source) : source, target, readOnly),
      )
      .sort(),
    memoryBytes: Number(service.mem_limit ?? service.deploy?.resources?.limits?.memory ?? 0),
    command: service.command == null ? undefined : JSON.stringify(service.command),
    healthCheck: healthcheck == null ? undefined : healthText(healthcheck),
    restartPolicy: service.restart || "no",
    logging: logging == null ? undefined : loggingText(logging.driver, logging.options ?? {}),
    restartToken: service.labels?.[RESTART_LABEL],
  };
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

/** Compose prints a dollar sign as two, so that its output could be read as a compose file again. */
function unescapeDollars(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replaceAll("$$", "$");
  }
  if (Array.isArray(value)) {
    return value.map(unescapeDollars);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, unescapeDollars(inner)]),
    );
  }
  return value;
}
