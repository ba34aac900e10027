import { redactUrls } from "../redaction/redact.ts";
import { callDocker } from "./docker.ts";
import type { Engine } from "./endpoint-settings.ts";
import { PROJECT_LABEL } from "./labels.ts";

const TIMEOUT_MS = 30_000;

/** A network of an engine. */
export interface HostNetwork {
  readonly id: string;
  readonly name: string;
  /** Compose project that made it. Undefined for a network that no project made. */
  readonly project: string | undefined;
}

/** Lists all networks of an engine. */
export async function hostNetworks(engine: Engine, signal?: AbortSignal): Promise<HostNetwork[]> {
  const { stdout } = await callDocker({
    engine,
    purpose: "Looking at the host's networks",
    args: [
      ...["network", "ls", "--no-trunc", "--format"],
      `{{.ID}}\t{{.Name}}\t{{.Label "${PROJECT_LABEL}"}}`,
    ],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: redactUrls,
  });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [id = "", name = "", project] = line.split("\t");
      return { id, name, project: project || undefined };
    });
}
