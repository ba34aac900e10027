import type { World } from "../../testing/world/world.ts";

/** Ports of a world's services: a port of the front is refused for files without a front. */
export function portsOf({ compose, ports }: World): Partial<World["ports"]> {
  return compose.document.services.front === undefined ? { api: ports.api } : ports;
}
