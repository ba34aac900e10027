import type { DockerEndpoint } from "./endpoint-settings.ts";
import { listNetworks } from "./engine-api.ts";
import { PROJECT_LABEL } from "./labels.ts";

/** A network of an engine. */
export interface HostNetwork {
  readonly id: string;
  readonly name: string;
  /** Compose project that made it. Undefined for a network that no project made. */
  readonly project: string | undefined;
}

/** Lists all networks of an engine. */
export async function hostNetworks(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<HostNetwork[]> {
  const networks = await listNetworks({
    engine,
    purpose: "Looking at the host's networks",
    signal,
  });
  return networks.map(({ Id, Name, Labels }) => ({
    id: Id,
    name: Name,
    project: Labels?.[PROJECT_LABEL] || undefined,
  }));
}
