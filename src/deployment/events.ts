import { type ContainerEvent, eventArguments, parseEvent } from "../compose/events.ts";
import { requireTime } from "../compose/logs.ts";
import { followDocker } from "../docker/docker-streams.ts";
import { LineSplitter } from "../process/output.ts";
import type { ComposeProject } from "./project.ts";

/** Labels make an event long. */
const MAX_EVENT_CHARACTERS = 256 * 1024;

/** What is to be told of a project's containers. */
export interface EventOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  /**
   * Tells first what has happened since: a time such as `2026-01-31T12:00:00Z`, or how long ago, `10m`.
   * The engine remembers the last 256 events of all containers. Defaults to nothing of the past.
   */
  readonly since?: string | undefined;
  /** Told one after the other. */
  readonly onEvent: (event: ContainerEvent) => void | Promise<void>;
}

/**
 * Tells what happens to a project's containers until the signal fires. What health checks and
 * `exec` do in them is left out.
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
