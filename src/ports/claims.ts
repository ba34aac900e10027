import type { ComposeModel } from "../compose/model.ts";
import type { HostPorts } from "../compose/override.ts";
import type { Claim } from "./conflicts.ts";

/** Address that api and front are published on unless another is given: this host only. */
export const DEFAULT_ADDRESS = "127.0.0.1";

/** Host ports of Lago's own compose file. */
const DEFAULT_PORTS = { api: 3000, front: 80 } as const;

/** Variables by which Lago's own compose file names its host ports. */
export const PORT_VARIABLES = { API_PORT: "ports.api", FRONT_PORT: "ports.front" } as const;

/** The ports as given, else as the variables of Lago's compose file have them, else its defaults. */
export function effectivePorts(
  given: HostPorts | undefined,
  environment: Readonly<Record<string, string>>,
): Required<HostPorts> {
  const variable = (name: keyof typeof PORT_VARIABLES) => Number(environment[name]) || undefined;
  return {
    api: given?.api ?? variable("API_PORT") ?? DEFAULT_PORTS.api,
    front: given?.front ?? variable("FRONT_PORT") ?? DEFAULT_PORTS.front,
    address: given?.address ?? DEFAULT_ADDRESS,
  } as Required<HostPorts>;
}

/** What a deployment wants of its host's ports, for those services that it has. */
export function portClaims(model: ComposeModel, ports: HostPorts): Claim[] {
  return (["api", "front"] as const).flatMap((service) => {
    const port = ports[service];
    const published = model.services.some(({ name }) => name === service);
    return published && port !== undefined
      ? [{ field: `ports.${service}`, address: ports.address ?? DEFAULT_ADDRESS, port }]
      : [];
  });
}
