import { type ContainerEvent, eventArguments, parseEvent } from "../compose/events.ts";
import { requireTime } from "../compose/logs.ts";
import { followDocker } from "../docker/docker-streams.ts";
import { LineSplitter } from "../process/output.ts";
import type { ComposeProject } from "./project.ts";

/** Longest event to read, in UTF-16 units: an event has all labels of its container. */
const MAX_EVENT_CHARACTERS = 256 * 1024;

/** Options of {@link followEvents}. */
export interface EventOptions {
  /** Ends the stream of events. */
  readonly signal: AbortSignal;
  /**
   * Start of the events: a time such as `2026-01-31T12:00:00Z`, or an age, `10m`. The engine
   * remembers the last 256 events of all containers. Defaults to now.
   */
  readonly since?: string | undefined;
  /** Called with one event after the other. */
  readonly onEvent: (event: ContainerEvent) => void | Promise<void>;
}

/**
 * Reports events of a project's containers until the signal fires. Leaves out the events of health
 * checks and of `exec`.
 *
 * @throws DeployError of kind `InvalidConfig`, or of the kind that docker's failure tells
 */
export async function followEvents(project: ComposeProject, options: EventOptions): Promise<void> {
  const { signal, since, onEvent } = options;
  requireTime("since", since);
  let lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), MAX_EVENT_CHARACTERS);
  await followDocker({
    ...project.callFor("Watching the containers"),
    signal,
    args: eventArguments(project.name, since),
    onOutput: async (chunk) => {
      splitter.push(chunk);
      const events = lines.flatMap((line) => parseEvent(line) ?? []);
      lines = [];
      for (const event of events) {
        await onEvent(event);
      }
    },
  });
}
