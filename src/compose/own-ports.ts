/** Ports of the host at which the files publish a service: Lago's own port, and all others. */
import type { Role } from "../lago/catalogue/types.ts";
import { listOf } from "../text/coerce.ts";
import { interpolate } from "./interpolate.ts";
import type { ServiceModel } from "./model.ts";
import { type PortDetails, portOf } from "./service-details.ts";

/** Port that the api listens on inside its container. */
export const API_CONTAINER_PORT = 3000;
/** Port that the front listens on inside its container. */
export const FRONT_CONTAINER_PORT = 80;

/** Ports inside containers that the setting `ports` is about, by role. */
const OWN_PORTS: Readonly<Partial<Record<Role, number>>> = {
  api: API_CONTAINER_PORT,
  front: FRONT_CONTAINER_PORT,
};

/** Publication of Lago's own port as the files have it; undefined where they have none. */
export function ownPort(service: ServiceModel): PortDetails | undefined {
  return portsOf(service)
    .map(portOf)
    .find((port) => isOwn(service, port));
}

/** Publications of all other ports, as the files have them. */
export function otherPorts(service: ServiceModel): unknown[] {
  return portsOf(service).filter((port) => !isOwn(service, portOf(port)));
}

/** Whether a service shares the network of the host or of another container, and has no ports itself. */
export function sharesNetwork({ definition: { network_mode: mode } }: ServiceModel): boolean {
  return typeof mode === "string" && /^(?:host|none|service:|container:)/.test(mode);
}

function portsOf({ definition }: ServiceModel): unknown[] {
  return listOf(definition.ports);
}

function isOwn({ role }: ServiceModel, { target }: PortDetails): boolean {
  const own = role && OWN_PORTS[role];
  return own !== undefined && interpolate(target, {}) === String(own);
}
