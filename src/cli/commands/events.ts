/** `events`: prints events of a project's containers. */

import type { ContainerEvent } from "../../compose/events.ts";
import { followEvents } from "../../deployment/events.ts";
import { requireProject } from "../../deployment/known-project.ts";
import { cleanText } from "../../text/clean.ts";
import { type CommandContext, runUntilInterrupted } from "../command-context.ts";
import { listOf, locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { targetProject } from "../target-project.ts";

/** Writes one line per event until interrupted. */
export async function eventsCommand(
  context: CommandContext,
  stack: string | undefined,
  named: NamedTarget & { readonly json?: boolean; readonly since?: string },
): Promise<void> {
  const { options } = await locatedTarget(context, named, listOf(stack), "no others");
  const project = await targetProject(options, context.environment, { signal: context.signal });
  await requireProject(project);
  const form = options.json === true ? eventJson : eventText;
  await runUntilInterrupted(context, (signal) =>
    followEvents(project, {
      signal,
      since: options.since,
      onEvent: (event) => context.output.stream(`${form(event)}\n`),
    }),
  );
}

/** Formats an event as one line of JSON. */
export function eventJson({ atMs, ...event }: ContainerEvent): string {
  return JSON.stringify({ time: new Date(atMs).toISOString(), ...event });
}

/** Formats an event for a person: time, container, action. */
export function eventText({ atMs, container, action, ...details }: ContainerEvent): string {
  const { exitCode, signal, health } = details;
  const what = health ?? action;
  const more = [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(signal === undefined ? [] : [`signal ${signal}`]),
  ];
  const time = new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
  return cleanText(`${time}  ${container}  ${[what, ...more].join(", ")}`);
}
