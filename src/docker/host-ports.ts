import { redactUrls } from "../redaction/redact.ts";
import { BINDINGS_FORMAT, type Binding, parseBindings } from "./bindings.ts";
import { callDocker } from "./docker.ts";
import type { Engine } from "./endpoint-settings.ts";
import { type HostContainer, parseHostContainers } from "./host-containers.ts";
import { lookUntilNoneGoes } from "./vanished.ts";

const TIMEOUT_MS = 30_000;

/** All containers of an engine, running or not. */
export async function hostContainers(
  engine: Engine,
  signal?: AbortSignal,
): Promise<HostContainer[]> {
  const { stdout } = await callDocker({
    engine,
    purpose: "Looking at the host's containers",
    args: ["container", "ls", "--all", "--no-trunc", "--format", "{{json .}}"],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: redactUrls,
  });
  return parseHostContainers(stdout);
}

/** How often the containers are looked at until none has vanished between two calls. */
const MAX_LOOKS = 3;

/** Ports that the containers of an engine publish, or will when they are started again. */
export function hostBindings(engine: Engine, signal?: AbortSignal): Promise<Binding[]> {
  return lookUntilNoneGoes(MAX_LOOKS, async () => {
    const ids = (await hostContainers(engine, signal)).map(({ id }) => id);
    if (ids.length === 0) {
      return [];
    }
    const { stdout } = await callDocker({
      engine,
      purpose: "Looking at the ports of the host's containers",
      args: ["container", "inspect", "--format", BINDINGS_FORMAT, ...ids],
      timeoutMs: TIMEOUT_MS,
      signal,
      redact: redactUrls,
    });
    return parseBindings(stdout);
  });
}
