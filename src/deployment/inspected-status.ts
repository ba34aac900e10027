import type { InspectedContainer } from "../docker/inspect.ts";
import { CONFIG_HASH_LABEL, ONE_OFF_LABEL } from "../docker/labels.ts";
import { inOrder } from "../docker/listed-container.ts";
import { type DeployStatus, deployStatus } from "./status.ts";

/**
 * Summarizes inspected containers of a project, as {@link deployStatus} does for the list of
 * `docker compose ps`.
 */
export function deployStatusOf(inspected: readonly InspectedContainer[]): DeployStatus {
  return deployStatus(inOrder(inspected.filter(isOfService)));
}

/**
 * Whether a container runs a service: compose made it, as its label shows, and not for
 * `docker compose run`.
 */
export function isOfService({ labels }: Pick<InspectedContainer, "labels">): boolean {
  return CONFIG_HASH_LABEL in labels && labels[ONE_OFF_LABEL] !== "True";
}
