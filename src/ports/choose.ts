/** Choice of a port for each `auto`. Pure. */
import { createHash } from "node:crypto";
import type { HostPorts } from "../compose/override.ts";
import {
  AUTO,
  PUBLISHED_SERVICES,
  type PublishedService,
  type WantedPorts,
} from "../spec/wanted-ports.ts";

/**
 * Lowest port to choose. The range lies outside 32768 to 60999, which Linux gives to outgoing
 * connections (ip_local_port_range in ip(7)), and outside 30000 to 32767, which Kubernetes gives to
 * services.
 */
export const FIRST_PORT = 20_000;
/** Number of ports to choose from. */
export const PORT_COUNT = 10_000;

/** Input of a choice of ports. */
export interface Choice {
  /** Compose project. */
  readonly project: string;
  readonly wanted: WantedPorts;
  /** Ports that the project has already. */
  readonly kept: Readonly<Partial<Record<PublishedService, number>>>;
  /** Ports that must not be chosen. Given and kept ports may be among them. */
  readonly taken: ReadonlySet<number>;
}

/**
 * Replaces each `auto` by a port: the project's present one, or else the first free one from a
 * starting point that follows from the names of project and service. So a project gets the same
 * ports again, and two projects rarely want the same. Api and front never share a port. A service
 * gets no port when all are taken.
 */
export function choosePorts({ project, wanted, kept, taken }: Choice): HostPorts {
  const ports: { api?: number | undefined; front?: number | undefined } = {};
  for (const service of PUBLISHED_SERVICES) {
    const given = wanted[service];
    ports[service] = given === AUTO ? undefined : given;
  }
  const choose = (service: PublishedService) => {
    const other = service === "api" ? "front" : "api";
    const own = kept[service];
    if (own !== undefined && own !== ports[other]) {
      return own;
    }
    const others = [ports[other], wanted[other] === AUTO ? kept[other] : undefined];
    return portsFrom(project, service).find((port) => !taken.has(port) && !others.includes(port));
  };
  for (const service of PUBLISHED_SERVICES) {
    if (wanted[service] === AUTO) {
      ports[service] = choose(service);
    }
  }
  return { ...ports, address: wanted.address };
}

/** Lists all ports to choose from, beginning at the starting point of a project's service. */
function portsFrom(project: string, service: PublishedService): number[] {
  const start = createHash("sha256").update(`${project}\n${service}`).digest().readUInt32BE();
  return Array.from(
    { length: PORT_COUNT },
    (_, index) => FIRST_PORT + ((start + index) % PORT_COUNT),
  );
}
