/** Answers of a fake docker. */

/** Answer to one call. Defaults to no output and exit code 0. */
export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Number of times that both outputs are written, one after the other. Defaults to 1. */
  readonly times?: number;
  /** Delay before the answer, in milliseconds. */
  readonly delayMs?: number;
  /** Whether the call hangs until SIGINT, and then exits with 130, as compose does. */
  readonly hang?: boolean;
  /** Whether the call hangs and ignores SIGINT and SIGTERM. */
  readonly deaf?: boolean;
  /** With `deaf`: whether a child that also ignores signals holds the outputs open. */
  readonly withChild?: boolean;
  /**
   * Path of a program that answers instead, with the call's arguments and standard input. All other
   * fields are ignored, except for `delayMs`, and `sets` when the program exits with 0.
   */
  readonly program?: string;
  /** State of the project after this answer. */
  readonly sets?: string;
}

/**
 * Answers by command, such as `up`, `ps` or `container inspect`: one for all calls, or a list with
 * one for each call, the last for all further calls. A key may include the first option of a
 * compose command, as in `config --hash`, for answers of its own. A command without an answer fails
 * with exit code 97.
 *
 * `ps@up` is the answer to `ps` in the state `up`, and has priority over the answer to `ps` in any
 * state.
 */
export type Script = Readonly<Record<string, Answer | readonly Answer[]>>;

/** Answers of a healthy engine and a recent compose. */
export const WELL: Script = {
  version: { stdout: "2.26.1\n" },
  pull: {},
  up: {},
  down: {},
  restart: {},
  stop: {},
  start: {},
  ps: {},
  logs: {},
  "container inspect": { stdout: "[]\n" },
  "container logs": {},
  "container ls": {},
  "network ls": {},
  "image ls": {},
  "image inspect": { stdout: "[]\n" },
  "volume ls": {},
  "volume inspect": { stdout: "[]\n" },
  "volume create": {},
  "volume rm": {},
};

/** A line of `docker compose ps` with the given fields. */
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

/** A line of `docker container ls --format json`, of a container without conflicts. */
export function containerLine(id: string): string {
  return `${JSON.stringify({ ID: id, Names: `zbl-test-${id}`, Labels: "", Ports: "" })}\n`;
}

/** A line of `docker container ls`, of a container of a service. */
export function listedLine({
  service,
  project,
}: {
  readonly service: string;
  readonly project?: string;
}): string {
  const labels = {
    ...(project === undefined ? {} : { "com.docker.compose.project": project }),
    "com.docker.compose.service": service,
  };
  const Names = `${project ?? "lago"}-${service}-1`;
  return `${JSON.stringify({ ID: `${service}-id`, Names, Labels: labels })}\n`;
}

/** The output of `docker container inspect` for a stopped container that publishes a port. */
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
