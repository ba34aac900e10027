/** What the engine tells of containers as it happens. */
import { z } from "zod";
import { tryJson } from "../text/json.ts";

/**
 * What is asked for. Not what health checks do: each is three events every few seconds, and they
 * quote its command line, which may hold secrets.
 */
export const EVENT_ACTIONS = [
  "create",
  "start",
  "restart",
  "pause",
  "unpause",
  "health_status",
  "kill",
  "oom",
  "die",
  "stop",
  "update",
  "destroy",
] as const;

/** Something that happened to a container of a project. */
export interface ContainerEvent {
  /** When, by the engine's clock, in milliseconds since 1970. */
  readonly atMs: number;
  readonly service: string;
  /** The container's name, without a leading slash. */
  readonly container: string;
  /** One of {@link EVENT_ACTIONS}. */
  readonly action: string;
  /** Of `die`. */
  readonly exitCode?: number;
  /** Of `kill`: the signal's number. */
  readonly signal?: number;
  /** Of `health_status`: `healthy` or `unhealthy`. */
  readonly health?: string;
}

const number = z.coerce.number().optional().catch(undefined);

const schema = z.looseObject({
  Action: z.string(),
  time: z.number().default(0),
  timeNano: z.number().optional(),
  Actor: z.looseObject({
    Attributes: z.looseObject({
      name: z.string().default(""),
      "com.docker.compose.service": z.string().default(""),
      "com.docker.compose.oneoff": z.string().optional(),
      exitCode: number,
      signal: number,
    }),
  }),
});

/**
 * Reads one line of `docker events --format '{{json .}}'`; nothing where it is of no interest, or of
 * no known form.
 */
export function parseEvent(line: string): ContainerEvent | undefined {
  const parsed = schema.safeParse(tryJson(line));
  if (!parsed.success) {
    return undefined;
  }
  const { Action, time, timeNano, Actor } = parsed.data;
  // `health_status: healthy`; engines from 27 on may put more words behind it.
  const [action = "", health] = Action.split(/:\s*/);
  const { name, exitCode, signal, ...labels } = Actor.Attributes;
  if (!(EVENT_ACTIONS as readonly string[]).includes(action)) {
    return undefined;
  }
  return {
    atMs: timeNano === undefined ? time * 1_000 : Math.floor(timeNano / 1e6),
    service: labels["com.docker.compose.service"],
    container: name,
    action,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
    ...(health === undefined ? {} : { health }),
  };
}

/** Arguments of docker that ask for what happens to a project's containers. */
export function eventArguments(projectName: string, since: string | undefined): string[] {
  const filters = [
    "type=container",
    `label=com.docker.compose.project=${projectName}`,
    ...EVENT_ACTIONS.map((action) => `event=${action}`),
  ];
  return [
    "events",
    "--format",
    "{{json .}}",
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...filters.flatMap((filter) => ["--filter", filter]),
  ];
}
