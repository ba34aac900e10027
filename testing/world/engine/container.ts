/** Containers created by compose, as `docker container inspect` prints them. */
import { createHash } from "node:crypto";
import { parseGoDuration } from "../../../src/compose/go-duration.ts";
import type { Misbehavior, ModeledContainer } from "./state.ts";

/** The fields of a service in `docker compose config --format json` that a container shows. */
export interface ResolvedService {
  readonly image?: string;
  readonly command?: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>> | null;
  readonly restart?: string;
  readonly healthcheck?: Readonly<Record<string, unknown>> | null;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly logging?: { readonly driver?: string; readonly options?: Record<string, string> } | null;
  readonly mem_limit?: string;
  readonly ports?: readonly Readonly<Record<string, string | number>>[];
  readonly volumes?: readonly Readonly<Record<string, string>>[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>> | null;
}

/** Inputs of a new container. */
export interface Making {
  readonly project: string;
  readonly service: string;
  readonly definition: ResolvedService;
  readonly configHash: string;
  /** Names of the volumes by their keys in the compose file. */
  readonly volumeNames: Readonly<Record<string, string>>;
  /** Number of containers created before. */
  readonly number: number;
}

/** Time of the first container; each further one is a second later. The model has no clock. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const NS_PER_MS = 1e6;

/** Image ID for an image name. */
export function imageId(image: string): string {
  return `sha256:${createHash("sha256").update(image).digest("hex")}`;
}

/** Creates a container without starting it. */
export function makeContainer(making: Making): ModeledContainer {
  const { project, service, definition, number } = making;
  const image = definition.image ?? "";
  const { healthcheck, logging, command, restart } = definition;
  const made = {
    Id: createHash("sha256").update(`${project} ${number}`).digest("hex"),
    Name: `/${project}-${service}-1`,
    Image: imageId(image),
    RestartCount: 0,
    State: { Status: "created", ExitCode: 0, StartedAt: "0001-01-01T00:00:00Z" },
    Config: {
      Image: image,
      Env: Object.entries(definition.environment ?? {}).map(
        ([name, value]) => `${name}=${undollar(value ?? "")}`,
      ),
      Cmd: command?.map(undollar) ?? null,
      ...(healthcheck == null ? {} : { Healthcheck: healthOf(healthcheck) }),
      Labels: {
        ...definition.labels,
        "com.docker.compose.project": project,
        "com.docker.compose.service": service,
        "com.docker.compose.config-hash": making.configHash,
        "com.docker.compose.image": imageId(image),
        "com.docker.compose.container-number": "1",
        "com.docker.compose.oneoff": "False",
      },
    },
    HostConfig: {
      Memory: Number(definition.mem_limit ?? 0),
      RestartPolicy: { Name: restart ?? "no" },
      LogConfig: { Type: logging?.driver ?? "json-file", Config: logging?.options ?? {} },
      PortBindings: bindingsOf(definition),
    },
    Mounts: (definition.volumes ?? [])
      .filter(({ type }) => type === "volume" || type === "bind")
      .map(({ type, source = "", target }) => ({
        Type: type,
        Name: type === "volume" ? (making.volumeNames[source] ?? source) : "",
        Source: source,
        Destination: target,
        RW: true,
      })),
  };
  return made;
}

/** Returns the container after a start. */
export function startContainer(
  container: ModeledContainer,
  number: number,
  { exitCode, unhealthy }: Misbehavior,
): ModeledContainer {
  const once = isOneShot(container);
  const started = { StartedAt: new Date(EPOCH_MS + number * 1_000).toISOString() };
  const ends = once || exitCode !== undefined;
  const health = "Healthcheck" in container.Config;
  return {
    ...container,
    State: ends
      ? { ...started, Status: "exited", ExitCode: exitCode ?? 0 }
      : {
          ...started,
          Status: "running",
          ExitCode: 0,
          ...(health ? { Health: { Status: unhealthy === true ? "unhealthy" : "healthy" } } : {}),
        },
  };
}

/** Whether a container is a one-shot. */
export function isOneShot({ HostConfig }: ModeledContainer): boolean {
  return (HostConfig as { RestartPolicy?: { Name: string } }).RestartPolicy?.Name === "no";
}

/** Undoes the doubling of dollar signs by compose. */
function undollar(text: string): string {
  return text.replaceAll("$$", "$");
}

function healthOf(check: Readonly<Record<string, unknown>>) {
  const ns = (name: string) => (parseGoDuration(String(check[name] ?? "")) ?? 0) * NS_PER_MS;
  return {
    Test: ((check.test ?? []) as string[]).map(undollar),
    Interval: ns("interval"),
    Timeout: ns("timeout"),
    StartPeriod: ns("start_period"),
    StartInterval: ns("start_interval"),
    Retries: Number(check.retries ?? 0),
  };
}

function bindingsOf({ ports = [] }: ResolvedService) {
  return Object.fromEntries(
    ports.map(({ target, protocol = "tcp", host_ip = "", published = "" }) => [
      `${target}/${protocol}`,
      [{ HostIp: String(host_ip), HostPort: String(published) }],
    ]),
  );
}
