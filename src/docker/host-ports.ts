import { type Binding, bindingsOf } from "./bindings.ts";
import type { DockerEndpoint } from "./endpoint-settings.ts";
import { inspectListed, listContainers } from "./engine-api.ts";

/** Ports that the containers of an engine publish, or will when they are started again. */
export async function hostBindings(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<Binding[]> {
  const call = { engine, purpose: "Looking at the ports of the host's containers", signal };
  return bindingsOf(await inspectListed(call, () => listContainers(call)));
}
