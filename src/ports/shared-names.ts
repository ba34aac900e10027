/** Databases of two projects that one network has under one name. Pure. */
import type { ComposeModel, ServiceModel } from "../compose/model.ts";
import { networkKeysOf } from "../compose/networks.ts";
import { BACKEND, type Role } from "../lago/catalogue/types.ts";
import type { NetworkMember } from "../observe/network-members.ts";
import { fieldsOf, listOf, textOf } from "../text/coerce.ts";
import type { Conflict } from "./conflicts.ts";
import type { WantedNetworks } from "./network-conflicts.ts";

/**
 * Finds networks that have the database or Redis of this project and a container of another one under
 * the same name. Docker's DNS answers such a name with either of the two, so that one Lago writes to
 * the data of the other.
 *
 * @param members containers of others on the networks
 */
export function sharedNames(
  { networks }: WantedNetworks,
  { services }: ComposeModel,
  members: readonly NetworkMember[],
): Conflict[] {
  const withRole = (roles: readonly Role[]) =>
    services.filter(({ role }) => role !== undefined && roles.includes(role));
  const stores = withRole(["db", "redis"]);
  const backend = withRole(BACKEND);
  return networks.flatMap(({ key, name }) => {
    const there = members.filter(({ network }) => network === name);
    return stores.flatMap((store) => {
      const own = namesOn(store, key);
      // The back end asks all of its networks for the name, not only those of the database.
      const isAsked = [...backend, store].some(({ definition }) =>
        networkKeysOf(definition).includes(key),
      );
      const other = there.find(({ names }) => names.some((one) => own.includes(one)));
      const shared = other?.names.find((one) => own.includes(one));
      return other === undefined || shared === undefined || !isAsked
        ? []
        : [{ field: `networks.${key}`, message: message(name, shared, store.name, other) }];
    });
  });
}

/** Names by which containers on a network reach a service. */
function namesOn({ name, definition }: ServiceModel, key: string): string[] {
  const aliases = listOf(fieldsOf(fieldsOf(definition.networks)[key]).aliases).map(textOf);
  return [name, ...aliases];
}

function message(network: string, shared: string, store: string, other: NetworkMember): string {
  const owner = other.project === undefined ? "no project" : `project ${other.project}`;
  return `on the network ${network} the name ${shared} leads to container ${other.container} of ${owner} too, so that services may reach the data of the other instead of that of ${store}; give one of the two deployments a network of its own, or ${store} a service name of its own in the compose files and in the URLs that name ${shared}, then run the same command again`;
}
