/** The host in which a contender is measured. */
import type { ComposeDocument } from "../testing/world/compose-file.ts";
import { createDaemonWorld, type DaemonWorld } from "../testing/world/daemon-world.ts";

/** Lago's own interval between two looks at a service's health. */
const LAGOS_INTERVAL = "10s";

/**
 * A host without anything on it.
 *
 * @param change of the compose file that is deployed. Defaults to none
 */
export async function createBenchWorld(
  change: (document: ComposeDocument) => void = () => {},
): Promise<DaemonWorld> {
  const world = await createDaemonWorld((document) => {
    withLagosIntervals(document);
    change(document);
  });
  // The fault cases keep what Node has compiled. Nobody's machine has that ready.
  const { NODE_COMPILE_CACHE: _, ...environment } = world.environment;
  return { ...world, environment };
}

/** The fault cases look more often, to be done sooner. */
function withLagosIntervals({ services }: ComposeDocument): void {
  for (const { healthcheck } of Object.values(services)) {
    if (healthcheck !== undefined) {
      healthcheck.interval = LAGOS_INTERVAL;
    }
  }
}
