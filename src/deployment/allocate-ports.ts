/** Allocation of ports for `auto`: the project's present ports, or else free ones. */

import type { HostPorts } from "../compose/override.ts";
import { API_CONTAINER_PORT, FRONT_CONTAINER_PORT } from "../compose/own-ports.ts";
import type { Binding } from "../docker/bindings.ts";
import { isLocalEngine } from "../docker/endpoint.ts";
import { type DockerEndpoint, engineName } from "../docker/endpoint-settings.ts";
import { DeployError } from "../errors.ts";
import { hostBindings } from "../observe/host-ports.ts";
import { canListen } from "../observe/port-listeners.ts";
import { choosePorts, FIRST_PORT, PORT_COUNT } from "../ports/choose.ts";
import { allSettledOrThrow } from "../process/async.ts";
import {
  AUTO,
  PUBLISHED_SERVICES,
  type PublishedService,
  type WantedPorts,
  wantsAuto,
} from "../spec/wanted-ports.ts";

const CONTAINER_PORTS = { api: API_CONTAINER_PORT, front: FRONT_CONTAINER_PORT } as const;

/**
 * Further addresses on which a chosen port has to be free, since `localhost` may mean either family
 * of addresses.
 */
const ALL_ADDRESSES = ["0.0.0.0", "::"] as const;

/**
 * Project of each port that this process has allocated on an engine. Containers may not show these
 * ports yet.
 */
const allocated = new Map<string, Map<number, string>>();

let turn: Promise<unknown> = Promise.resolve();

/**
 * Replaces each `auto` by a port. Asks docker only where there is an `auto`.
 *
 * Left alone are the ports that containers of the engine publish, also stopped ones, and, where the
 * engine is on this machine, ports that a program listens on. Not seen are programs that do not run
 * now, containers of other engines, and programs on the machine of a remote engine: a conflict with
 * those is found later and reported like any other taken port.
 *
 * @throws DeployError of kind `PortTaken` when none is free, or when docker cannot be asked
 */
export function allocatePorts(
  project: string,
  wanted: WantedPorts,
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<HostPorts> {
  if (!wantsAuto(wanted)) {
    return Promise.resolve(remembered(project, wanted as HostPorts, engine));
  }
  // In turn: two deployments of one program must not choose the same port at once.
  const result = turn.then(() => allocate(project, wanted, engine, signal));
  turn = result.catch(() => undefined);
  return result;
}

async function allocate(
  project: string,
  wanted: WantedPorts,
  engine: DockerEndpoint,
  signal: AbortSignal | undefined,
): Promise<HostPorts> {
  const [bindings, local] = await allSettledOrThrow([
    hostBindings(engine, signal),
    isLocalEngine(engine, signal),
  ]);
  const open = PUBLISHED_SERVICES.filter((service) => wanted[service] === AUTO);
  const kept = portsOf(project, bindings);
  const taken = new Set(bindings.map(({ hostPort }) => hostPort));
  for (const [port, owner] of allocatedOn(engine)) {
    if (owner !== project) {
      taken.add(port);
    }
  }
  for (;;) {
    const ports = choosePorts({ project, wanted, kept, taken });
    const chosen = open.map((service) => requireFound(service, ports[service]));
    const fresh = chosen.filter((port) => !Object.values(kept).includes(port));
    const held = local ? await firstHeld(fresh, wanted.address) : undefined;
    if (held === undefined) {
      return remembered(project, ports, engine);
    }
    taken.add(held);
  }
}

/** Ports that a project's containers publish for api and front. */
function portsOf(
  project: string,
  bindings: readonly Binding[],
): Partial<Record<PublishedService, number>> {
  const entries = PUBLISHED_SERVICES.flatMap((service) => {
    const binding = bindings.find(
      (one) =>
        one.project === project &&
        one.service === service &&
        one.containerPort === CONTAINER_PORTS[service],
    );
    return binding === undefined ? [] : [[service, binding.hostPort]];
  });
  return Object.fromEntries(entries);
}

function allocatedOn(engine: DockerEndpoint): Map<number, string> {
  const name = engineName(engine);
  const known = allocated.get(name) ?? new Map<number, string>();
  allocated.set(name, known);
  return known;
}

function remembered(project: string, ports: HostPorts, engine: DockerEndpoint): HostPorts {
  const known = allocatedOn(engine);
  for (const port of [ports.api, ports.front]) {
    if (port !== undefined && !known.has(port)) {
      known.set(port, project);
    }
  }
  return ports;
}

async function firstHeld(
  ports: readonly number[],
  address: string | undefined,
): Promise<number | undefined> {
  for (const port of ports) {
    for (const one of address === undefined ? ALL_ADDRESSES : [address, ...ALL_ADDRESSES]) {
      // In turn: each attempt holds the port for a moment.
      if (!(await canListen(one, port))) {
        return port;
      }
    }
  }
  return undefined;
}

function requireFound(service: PublishedService, port: number | undefined): number {
  if (port === undefined) {
    const field = `ports.${service}`;
    const message = `no port from ${FIRST_PORT} to ${FIRST_PORT + PORT_COUNT - 1} is free; give it a number`;
    throw new DeployError("PortTaken", `${field}: ${message}.`, { issues: [{ field, message }] });
  }
  return port;
}
