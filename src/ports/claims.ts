import { interpolate } from "../compose/interpolate.ts";
import type { ComposeModel } from "../compose/model.ts";
import type { HostPorts } from "../compose/override.ts";
import { furtherOwnPorts, otherPorts, ownPort, sharesNetwork } from "../compose/own-ports.ts";
import { filledPort, serviceDetails } from "../compose/service-details.ts";
import { serviceWithRole } from "../compose/service-roles.ts";
import type { WantedPorts } from "../spec/wanted-ports.ts";
import type { Claim } from "./conflicts.ts";

/** Address on which api and front are published by default: this host only. */
export const DEFAULT_ADDRESS = "127.0.0.1";

/** Ports of the host where the files leave the choice to the engine: those of Lago's own file. */
const DEFAULT_PORTS = { api: 3000, front: 80 } as const;

/** Variables that Lago's own compose file reads its host ports from. */
export const PORT_VARIABLES = { API_PORT: "ports.api", FRONT_PORT: "ports.front" } as const;

/** Address and ports on which api and front are published. An unpublished service has no port. */
export interface PublishedPorts extends HostPorts {
  readonly address: string;
}

/**
 * Finds where api and front are published: as given, else as the files say. A service that the files
 * do not publish, because a reverse proxy among them does, stays unpublished unless a port is given.
 * Leaves `auto` unchanged.
 */
export function effectivePorts(
  model: ComposeModel,
  given: WantedPorts = {},
  environment: Readonly<Record<string, string>> = {},
): WantedPorts & { readonly address: string } {
  const portOf = (role: "api" | "front") => {
    const declared = serviceWithRole(model, role);
    if (declared === undefined || sharesNetwork(declared)) {
      return undefined;
    }
    const own = ownPort(declared, environment);
    // Behind a proxy a service is published nowhere, whatever the files say.
    const isPublished = own !== undefined && declared.publishesPorts;
    const inFiles = isPublished
      ? Number(firstOfRange(own.published)) || DEFAULT_PORTS[role]
      : undefined;
    return given[role] ?? inFiles;
  };
  return {
    api: portOf("api"),
    front: portOf("front"),
    address: given.address ?? DEFAULT_ADDRESS,
  };
}

/** First port of a range such as `3000-3010`, from which compose would choose. */
function firstOfRange(published: string): string {
  return published.replace(/-.*$/s, "");
}

/**
 * Claims of the other services in the files, such as a reverse proxy. Database and Redis are not
 * published. Ranges of ports are left for the engine to judge.
 */
export function otherClaims(
  model: ComposeModel,
  environment: Readonly<Record<string, string>>,
): Claim[] {
  const services = Object.fromEntries(
    model.services
      .filter(({ role }) => role !== "db" && role !== "redis")
      .map((service) => {
        // Behind a proxy Lago's own port is published nowhere.
        const further =
          service.updateOrder === undefined ? furtherOwnPorts(service, environment) : [];
        const ports = [...further, ...otherPorts(service, environment)];
        return [service.name, { ...service.definition, ports }];
      }),
  );
  return serviceDetails({ services }).flatMap(({ name, ports }) =>
    ports
      .map((port) => filledPort(port, (text) => interpolate(text, environment)))
      .filter(({ published }) => /^\d+$/.test(published))
      .map(({ address, published }) => ({
        field: `services.${name}.ports`,
        address,
        port: Number(published),
      })),
  );
}

/** Claims of api and front on ports of their host. `auto` makes no claim yet. */
export function portClaims(ports: WantedPorts): Claim[] {
  return (["api", "front"] as const).flatMap((service) => {
    const port = ports[service];
    const address = ports.address ?? DEFAULT_ADDRESS;
    return typeof port !== "number" ? [] : [{ field: `ports.${service}`, address, port }];
  });
}
