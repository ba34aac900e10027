/** Ports of the host at which the files publish a service: Lago's own port, and all others. */
import type { Role } from "../lago/catalogue/types.ts";
import { listOf } from "../text/coerce.ts";
import { interpolate } from "./interpolate.ts";
import type { ServiceModel } from "./model.ts";
import { filledPort, type PortDetails, portOf } from "./service-details.ts";

/** Port that the api listens on inside its container. */
export const API_CONTAINER_PORT = 3000;
/** Port that the front listens on inside its container. */
export const FRONT_CONTAINER_PORT = 80;

/** Ports inside containers that the setting `ports` is about, by role. */
const OWN_PORTS: Readonly<Partial<Record<Role, number>>> = {
  api: API_CONTAINER_PORT,
  front: FRONT_CONTAINER_PORT,
};

type Environment = Readonly<Record<string, string>>;

/**
 * First publication of Lago's own port as the files have it; undefined where they have none.
 *
 * @param environment values of the variables in the ports. Defaults to none
 */
export function ownPort(
  service: ServiceModel,
  environment: Environment = {},
): PortDetails | undefined {
  return portsOf(service, environment).find(({ isOwn }) => isOwn)?.port;
}

/** Further publications of Lago's own port, at other ports of the host, as the files have them. */
export function furtherOwnPorts(service: ServiceModel, environment: Environment = {}): unknown[] {
  const first = ownPort(service, environment)?.published;
  return portsOf(service, environment)
    .filter(({ isOwn, port }) => isOwn && port.published !== first)
    .map(({ entry }) => entry);
}

/** Publications of all other ports, as the files have them. */
export function otherPorts(service: ServiceModel, environment: Environment = {}): unknown[] {
  return portsOf(service, environment)
    .filter(({ isOwn }) => !isOwn)
    .map(({ entry }) => entry);
}

/** Whether a service shares the network of the host or of another container, and has no ports itself. */
export function sharesNetwork({ definition: { network_mode: mode } }: ServiceModel): boolean {
  return typeof mode === "string" && /^(?:host|none|service:|container:)/.test(mode);
}

/** Entries of a service's ports, with the values of their variables. */
function portsOf({ definition, role }: ServiceModel, environment: Environment) {
  const own = role && OWN_PORTS[role];
  return listOf(definition.ports).map((entry) => {
    const port = filledPort(portOf(entry), (text) => interpolate(text, environment));
    return { entry, port, isOwn: own !== undefined && port.target === String(own) };
  });
}
