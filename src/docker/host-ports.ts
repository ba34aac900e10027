import { type Binding, bindingsOf } from "./bindings.ts";
import type { DockerEndpoint } from "./endpoint-settings.ts";
import { inspectListed, listContainers } from "./engine.ts";
import { type HostContainer, hostContainerOf } from "./host-containers.ts";

/** All containers of an engine, running or not. */
export async function hostContainers(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<HostContainer[]> {
  const call = { engine, purpose: "Looking at the host's containers", signal };
  return (await listContainers(call)).map(hostContainerOf);
}

/** Ports that the containers of an engine publish, or will when they are started again. */
export async function hostBindings(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<Binding[]> {
  const call = { engine, purpose: "Looking at the ports of the host's containers", signal };
  return bindingsOf(await inspectListed(call, () => listContainers(call)));
}
