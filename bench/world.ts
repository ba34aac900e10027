/** The host in which a contender is measured. */
import type { ComposeDocument } from "../testing/world/compose-file.ts";
import { createDaemonWorld, type DaemonWorld } from "../testing/world/daemon-world.ts";

/** Lago's own interval of health checks. */
const LAGOS_INTERVAL = "10s";

/**
 * Creates an empty host.
 *
 * @param change of the deployed compose file. Defaults to none
 */
export async function createBenchWorld(
  change: (document: ComposeDocument) => void = () => {},
): Promise<DaemonWorld> {
  const world = await createDaemonWorld((document) => {
    withLagosIntervals(document);
    change(document);
  });
  // The fault cases keep Node's compile cache; a user's machine starts without it.
  const { NODE_COMPILE_CACHE: _, ...environment } = world.environment;
  return { ...world, environment };
}

/** Restores Lago's own intervals of health checks, which the fault cases shorten. */
function withLagosIntervals({ services }: ComposeDocument): void {
  for (const { healthcheck } of Object.values(services)) {
    if (healthcheck !== undefined) {
      healthcheck.interval = LAGOS_INTERVAL;
    }
  }
}
