/** How far containers are what a compose file and its settings want. */
import type { Inspected } from "../docker.ts";
import type { ComposeDocument, ComposeService } from "./compose-file.ts";

/** A service that docker has restarted runs steadily once it has run for so long. */
const STEADY_MS = 10_000;

/**
 * What is not as wanted, in words, by docker's own account: every service of the file runs, healthy
 * where it has a check, and not between two crashes; every one-shot has ended with 0; images are those
 * of the file; and the variables that were changed have their new values wherever the file hands them
 * on.
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

/** What must not change when nothing was changed: ids and start times of services that go on. */
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
