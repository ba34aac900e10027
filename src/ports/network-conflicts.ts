/** Networks that are in conflict with a deployment, or missing. Pure. */
import { interpolate } from "../compose/interpolate.ts";
import { type ComposeModel, variablesIn } from "../compose/model.ts";
import { type NetworkModel, networkKeysOf } from "../compose/networks.ts";
import type { HostNetwork } from "../observe/host-networks.ts";
import type { Conflict } from "./conflicts.ts";

/** Networks that the services of a project will join. */
export interface WantedNetworks {
  readonly project: string;
  readonly networks: readonly NetworkModel[];
}

/**
 * Reads the networks that services which run will join, with variables filled in.
 *
 * @param unknown names of variables whose values only the real run knows; a network whose name
 *   contains one is left out
 */
export function wantedNetworks(
  project: string,
  { services, networks = [] }: ComposeModel,
  environment: Readonly<Record<string, string>>,
  unknown: readonly string[],
): WantedNetworks {
  const used = new Set(services.flatMap(({ definition }) => networkKeysOf(definition)));
  return {
    project,
    networks: networks
      .filter(({ key, name }) => {
        const isKnown = variablesIn(name).every((one) => !unknown.includes(one));
        return used.has(key) && isKnown;
      })
      .map((network) => ({ ...network, name: interpolate(network.name, environment) })),
  };
}

/** Finds external networks that do not exist. Compose does not make them. */
export function missingNetworks(
  { networks }: WantedNetworks,
  existing: readonly HostNetwork[],
): Conflict[] {
  const isThere = (wanted: string) =>
    existing.some(({ id, name }) => name === wanted || id === wanted);
  return networks
    .filter(({ name, external }) => external && !isThere(name))
    .map(({ key, name }) => ({
      field: `networks.${key}`,
      message: `the network ${name} is external and not there; make it (\`docker network create ${name}\`), or take \`external\` away, then run the same command again`,
    }));
}

/**
 * Finds networks of others that have a name which compose would give. Projects may share a name
 * that the files give themselves.
 */
export function takenNetworks(
  { project, networks }: WantedNetworks,
  existing: readonly HostNetwork[],
): Conflict[] {
  return networks.flatMap(({ key, name, external }) => {
    const found = existing.find((one) => one.name === name);
    const isOwn = found?.project === project;
    const isShared = found?.project !== undefined && name !== `${project}_${key}`;
    if (found === undefined || external || isOwn || isShared) {
      return [];
    }
    const owner = found.project === undefined ? "no project" : `project ${found.project}`;
    return [
      {
        field: `networks.${key}`,
        message: `the network ${name} is there and belongs to ${owner}; remove it (\`docker network rm ${name}\`), or choose another project name, then run the same command again`,
      },
    ];
  });
}
