/** Events of containers, parsed from `docker events`. */
import { z } from "zod";
import { tryJson } from "../text/json.ts";

/**
 * Actions to follow. Health check runs (`exec_*`) are left out: each is three events every few
 * seconds, and they quote the command line, which may hold secrets.
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

/** An event of one container of a project. */
export interface ContainerEvent {
  /** Time by the engine's clock, in milliseconds since 1970. */
  readonly atMs: number;
  readonly service: string;
  /** The container's name, without a leading slash. */
  readonly container: string;
  /** An action of {@link EVENT_ACTIONS}. */
  readonly action: string;
  /** Exit code; only with the action `die`. */
  readonly exitCode?: number;
  /** Number of the signal; only with the action `kill`. */
  readonly signal?: number;
  /** `healthy` or `unhealthy`; only with the action `health_status`. */
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
 * Parses one line of `docker events --format '{{json .}}'`. Returns undefined for an action that is
 * not followed and for an unknown form.
 */
export function parseEvent(line: string): ContainerEvent | undefined {
  const parsed = schema.safeParse(tryJson(line));
  if (!parsed.success) {
    return undefined;
  }
  const { Action, time, timeNano, Actor } = parsed.data;
  // `health_status: healthy`; engines from 27 on may append more words.
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

/** Arguments of docker that print the events of a project's containers. */
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
