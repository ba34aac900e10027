import type { EngineNetwork } from "../docker/engine-api.ts";
import { PROJECT_LABEL } from "../docker/labels.ts";

/** A network of an engine. */
export interface HostNetwork {
  readonly id: string;
  readonly name: string;
  /** Compose project that made the network. Undefined for a network that no project made. */
  readonly project: string | undefined;
}

/** Reads a network of the engine's list. */
export function hostNetworkOf({ Id, Name, Labels }: EngineNetwork): HostNetwork {
  return { id: Id, name: Name, project: Labels?.[PROJECT_LABEL] || undefined };
}
