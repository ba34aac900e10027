import { containersOf, type Inspected } from "./docker.ts";

/** Polls until the answer fits. Throws the last reason on timeout. */
export async function eventually<T>(
  probe: () => Promise<T>,
  fits: (answer: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let reason: unknown;
    try {
      const answer = await probe();
      if (fits(answer)) {
        return answer;
      }
      reason = JSON.stringify(answer);
    } catch (error) {
      reason = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${timeoutMs} ms: ${reason}`, { cause: reason });
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** State of each container: its health if it has a check, otherwise its state and exit code. */
export function standingOf(containers: ReadonlyMap<string, Inspected>): Record<string, string> {
  return Object.fromEntries(
    [...containers].map(([service, { State }]) => {
      const ended = `${State.Status} ${State.ExitCode}`;
      return [service, State.Health?.Status ?? (State.Status === "running" ? "running" : ended)];
    }),
  );
}

/** Container ids and start times by service. */
export async function livesOf(project: string): Promise<Record<string, string>> {
  const containers = await containersOf(project);
  return Object.fromEntries(
    [...containers].map(([service, { Id, State }]) => [service, `${Id} ${State.StartedAt}`]),
  );
}
