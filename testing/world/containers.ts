/** Compares containers with a compose file and its settings. */
import type { Inspected } from "../docker.ts";
import type { ComposeDocument, ComposeService } from "./compose-file.ts";

/** A restarted service counts as running steadily after this time, in milliseconds. */
const STEADY_MS = 10_000;

/**
 * Lists differences from the wanted state, in words, by docker's own account. Every service of the
 * file runs, is healthy if it has a check, and is not between two crashes. Every one-shot has
 * exited with 0. Images are those of the file. Changed variables have their new values wherever the
 * file passes them on.
 */
export function unreachedServices(
  document: ComposeDocument,
  containers: ReadonlyMap<string, Inspected>,
  environment: Readonly<Record<string, string>>,
  changed: readonly string[],
): string[] {
  return Object.entries(document.services).flatMap(([name, service]) => {
    const container = containers.get(name);
    if (container === undefined) {
      return [`${name} has no container`];
    }
    return [
      ...standing(name, service, container),
      ...(service.image === undefined || container.Config.Image === service.image
        ? []
        : [`${name} runs ${container.Config.Image}`]),
      ...changed
        .filter((variable) => service.environment?.[variable] !== undefined)
        .filter((variable) => {
          const wanted = `${variable}=${environment[variable]}`;
          return !container.Config.Env.includes(wanted);
        })
        .map((variable) => `${name} runs without the new ${variable}`),
    ];
  });
}

function standing(name: string, service: ComposeService, container: Inspected): string[] {
  const { State, RestartCount } = container;
  if (service.restart === "no") {
    const done = State.Status === "exited" && State.ExitCode === 0;
    return done ? [] : [`${name} is ${State.Status} with exit code ${State.ExitCode}`];
  }
  if (State.Status !== "running") {
    return [`${name} is ${State.Status}`];
  }
  if (RestartCount > 0 && Date.now() - Date.parse(State.StartedAt) < STEADY_MS) {
    return [`${name} was restarted ${RestartCount} times, just now too`];
  }
  const health = State.Health?.Status ?? "healthy";
  return health === "healthy" ? [] : [`${name} is ${health}`];
}

/** Ids and start times of long-running services, which must not change without a reason. */
export function standingOf(
  containers: ReadonlyMap<string, Inspected>,
  oneShots: readonly string[],
): Record<string, string> {
  const lasting = [...containers].filter(([service]) => !oneShots.includes(service));
  return Object.fromEntries(
    lasting.map(([service, { Id, State }]) => [
      service,
      `${Id.slice(0, 12)} since ${State.StartedAt}`,
    ]),
  );
}
