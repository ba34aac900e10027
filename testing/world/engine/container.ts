/** Containers as `docker container inspect` prints those that compose has made. */
import { createHash } from "node:crypto";
import { parseGoDuration } from "../../../src/compose/go-duration.ts";
import type { Misbehaviour, ModelledContainer } from "./state.ts";

/** A service as `docker compose config --format json` prints it, as far as a container tells of it. */
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

/** What a container is made of. */
export interface Making {
  readonly project: string;
  readonly service: string;
  readonly definition: ResolvedService;
  readonly configHash: string;
  /** Names of the volumes by their keys in the compose file. */
  readonly volumeNames: Readonly<Record<string, string>>;
  /** How many were made before it. */
  readonly number: number;
}

/** A second for each container that was made: the model has no clock of its own. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const NS_PER_MS = 1e6;

/** The content of an image by its name. */
export function imageId(image: string): string {
  return `sha256:${createHash("sha256").update(image).digest("hex")}`;
}

/** A container that was made and not yet started. */
export function makeContainer(making: Making): ModelledContainer {
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

/** The same container after a start. */
export function startContainer(
  container: ModelledContainer,
  number: number,
  { exitCode, unhealthy }: Misbehaviour,
): ModelledContainer {
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

/** Whether a container runs once and ends. */
export function isOneShot({ HostConfig }: ModelledContainer): boolean {
  return (HostConfig as { RestartPolicy?: { Name: string } }).RestartPolicy?.Name === "no";
}

/** Compose prints a dollar sign as two. */
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
