/** What a fake docker may answer. */

/** How one call is answered. Nothing, and exit code 0, unless said otherwise. */
export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** How often both outputs are written, one after the other. Defaults to 1. */
  readonly times?: number;
  /** Milliseconds before anything is answered. */
  readonly delayMs?: number;
  /** Never ends by itself, but with exit code 130 on SIGINT, as compose does. */
  readonly hang?: boolean;
  /** Never ends by itself, nor on SIGINT and SIGTERM. */
  readonly deaf?: boolean;
  /** With `deaf`: has a child that is as deaf and holds the same outputs open. */
  readonly withChild?: boolean;
  /**
   * Path of a program that answers instead, handed the call's arguments and standard input. Nothing
   * else counts beside it but `delayMs`, and `sets` where it ends with 0.
   */
  readonly program?: string;
  /** The state that the project is in once this is answered. */
  readonly sets?: string;
}

/**
 * Answers by command, such as `up`, `ps` or `container inspect`: one for all calls, or one for each
 * call in turn and the last for all further ones. A command of compose may be named with the first
 * option behind it, as in `config --hash`, which then has answers of its own. A command that is not
 * named fails with code 97.
 *
 * `ps@up` is the answer to `ps` in the state `up`, and goes before the one to `ps` in any state.
 */
export type Script = Readonly<Record<string, Answer | readonly Answer[]>>;

/** Answers of an engine that is well, and of a compose that is new enough. */
export const WELL: Script = {
  version: { stdout: "2.26.1\n" },
  pull: {},
  up: {},
  down: {},
  restart: {},
  stop: {},
  ps: {},
  logs: {},
  "container inspect": { stdout: "[]\n" },
  "container ls": {},
  "network ls": {},
  "image ls": {},
  "image inspect": { stdout: "[]\n" },
  "volume ls": {},
  "volume inspect": { stdout: "[]\n" },
  "volume create": {},
  "volume rm": {},
};

/** A line of `docker compose ps` with what a test says of it. */
export function psLine(service: string, fields: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({
    ID: `${service}-id`,
    Name: `lago-test-${service}-1`,
    Service: service,
    State: "running",
    Health: "healthy",
    ExitCode: 0,
    Image: `getlago/${service}`,
    ...fields,
  })}\n`;
}

/** The answer of `docker container inspect` for containers with these services' ids. */
export function inspectAnswer(
  ...containers: readonly { service: string; restartCount?: number; policy?: string }[]
): string {
  const inspected = containers.map(({ service, restartCount = 0, policy = "no" }) => ({
    Id: `${service}-id`,
    RestartCount: restartCount,
    State: { StartedAt: "2026-01-01T00:00:00Z" },
    HostConfig: { RestartPolicy: { Name: policy } },
  }));
  return `${JSON.stringify(inspected)}\n`;
}

/** A line of `docker container ls --format json`, of a container that is in nobody's way. */
export function containerLine(id: string): string {
  return `${JSON.stringify({ ID: id, Names: `zbl-test-${id}`, Labels: "", Ports: "" })}\n`;
}

/** What `docker container inspect` prints of a stopped container that publishes a port. */
export function bindingLine(
  project: string | undefined,
  service: string,
  containerPort: number,
  hostPort: number | string,
): string {
  const labels = project === undefined ? {} : { "com.docker.compose.project": project };
  const published = [{ HostIp: "127.0.0.1", HostPort: String(hostPort) }];
  return `${JSON.stringify({
    labels: { ...labels, "com.docker.compose.service": service },
    declared: { [`${containerPort}/tcp`]: published },
    actual: {},
  })}\n`;
}

/** The answer of `docker compose config --hash` for these services. */
export function hashAnswer(services: readonly string[]): string {
  return services.map((name) => `${name} hash-of-${name}\n`).join("");
}
