import { inspectContainers } from "../docker/engine-api.ts";
import type { EngineCall } from "../docker/engine-request.ts";
import { PROJECT_LABEL, SERVICE_LABEL } from "../docker/labels.ts";
import type { Snapshot } from "./snapshot.ts";

/** A container of another project, or of none, on a network of the engine. */
export interface NetworkMember {
  /** Name of the network. */
  readonly network: string;
  /** Compose project of the container; undefined for none. */
  readonly project: string | undefined;
  /** Name of the container. */
  readonly container: string;
  /** Compose service of the container; undefined for none. */
  readonly service: string | undefined;
  /** Host names by which containers on the network reach this one. */
  readonly names: readonly string[];
}

/**
 * Lists the containers of others on networks. Inspects those containers only, running or not.
 *
 * @param networks names of networks
 * @throws DeployError of the kind that docker's failure tells
 */
export async function networkMembers(
  call: EngineCall,
  { project, hostContainers }: Pick<Snapshot, "project" | "hostContainers">,
  networks: readonly string[],
): Promise<NetworkMember[]> {
  const others = hostContainers.filter(
    (one) => one.project !== project && networks.some((name) => one.networks?.includes(name)),
  );
  const ids = others.map(({ id }) => id);
  const inspected = ids.length === 0 ? [] : await inspectContainers(call, ids);
  return inspected.flatMap(({ Name, Config, NetworkSettings }) => {
    const labels = Config.Labels ?? {};
    const container = Name.replace(/^\//, "");
    return Object.entries(NetworkSettings?.Networks ?? {})
      .filter(([network]) => networks.includes(network))
      .map(([network, settings]) => ({
        ...{ network, container, project: labels[PROJECT_LABEL], service: labels[SERVICE_LABEL] },
        names: [container, ...(settings?.Aliases ?? [])],
      }));
  });
}
