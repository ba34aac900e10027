import { interpolate } from "../compose/interpolate.ts";
import type { ComposeModel } from "../compose/model.ts";
import type { HostPorts } from "../compose/override.ts";
import { roleOfModel } from "../compose/placement.ts";
import { serviceDetails } from "../compose/service-details.ts";
import type { Role } from "../lago/catalogue/types.ts";
import type { WantedPorts } from "../spec/wanted-ports.ts";
import type { Claim } from "./conflicts.ts";

/** Address on which api and front are published by default: this host only. */
export const DEFAULT_ADDRESS = "127.0.0.1";

/** Host ports of Lago's own compose file. */
const DEFAULT_PORTS = { api: 3000, front: 80 } as const;

/** Variables that Lago's own compose file reads its host ports from. */
export const PORT_VARIABLES = { API_PORT: "ports.api", FRONT_PORT: "ports.front" } as const;

/** Address and ports on which api and front are published. An unpublished service has no port. */
export interface PublishedPorts extends HostPorts {
  readonly address: string;
}

/**
 * Finds where api and front are published: as given, else by the variables of Lago's compose file,
 * else at Lago's own ports. A service that the files do not publish, because a reverse proxy among
 * them does, stays unpublished unless a port is given. Leaves `auto` unchanged.
 */
export function effectivePorts(
  model: ComposeModel,
  given: WantedPorts = {},
  environment: Readonly<Record<string, string>> = {},
): WantedPorts & { readonly address: string } {
  const portOf = (service: "api" | "front", variable: keyof typeof PORT_VARIABLES) => {
    const declared = model.services.find(({ name }) => name === service);
    if (declared === undefined || given[service] !== undefined) {
      return declared && given[service];
    }
    const own = Number(environment[variable]) || DEFAULT_PORTS[service];
    return declared.publishesPorts ? own : undefined;
  };
  return {
    api: portOf("api", "API_PORT"),
    front: portOf("front", "FRONT_PORT"),
    address: given.address ?? DEFAULT_ADDRESS,
  };
}

/**
 * Claims of the other services in the files, such as a reverse proxy. Database and Redis are not
 * published. Ranges of ports are left for the engine to judge.
 */
export function otherClaims(
  model: ComposeModel,
  environment: Readonly<Record<string, string>>,
): Claim[] {
  const ownRules = (name: string, role: Role | undefined) =>
    name === "api" || name === "front" || role === "db" || role === "redis";
  const services = Object.fromEntries(
    model.services
      .filter((service) => !ownRules(service.name, roleOfModel(service)))
      .map(({ name, definition }) => [name, definition]),
  );
  return serviceDetails({ services }).flatMap(({ name, ports }) =>
    ports.flatMap(({ address, published }) => {
      const port = interpolate(published, environment);
      return /^\d+$/.test(port)
        ? [
            {
              field: `services.${name}.ports`,
              address: interpolate(address, environment),
              port: Number(port),
            },
          ]
        : [];
    }),
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
