import type { DeployStatus } from "../deployment/status.ts";

/** A service that the compose files declare. */
export interface DeclaredService {
  readonly name: string;
  readonly oneShot: boolean;
}

/**
 * What differs between declared and running services in a way that compose's `up` puts right, each
 * as a sentence for a person. A one-shot that is done may be gone: cleaning up a host removes it.
 */
export function driftOf(declared: readonly DeclaredService[], status: DeployStatus): string[] {
  return declared.flatMap(({ name, oneShot }) => {
    const containers = status.containers.filter(({ service }) => service === name);
    if (containers.length === 0) {
      return oneShot ? [] : [`${name} is missing`];
    }
    return containers
      .filter(({ state, exitCode }) =>
        oneShot ? state === "exited" && exitCode !== 0 : !["running", "restarting"].includes(state),
      )
      .map(({ state, exitCode }) =>
        state === "exited" ? `${name} has ended with exit code ${exitCode}` : `${name} is ${state}`,
      );
  });
}
