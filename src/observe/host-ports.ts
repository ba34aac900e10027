import { type Binding, bindingsOf } from "../docker/bindings.ts";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import { inspectListed, listContainers } from "../docker/engine-api.ts";

/** Ports that the containers of an engine publish, or will when they are started again. */
export async function hostBindings(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<Binding[]> {
  const call = { engine, purpose: "Looking at the ports of the host's containers", signal };
  return (await inspectListed(call, () => listContainers(call))).flatMap(bindingsOf);
}
