import type { InspectedContainer } from "../docker/container-details.ts";
import { isOfService } from "../docker/labels.ts";
import { inOrder } from "../docker/ps-container.ts";
import { type DeployStatus, deployStatus } from "./status.ts";
import type { WantedService } from "./wanted-services.ts";

/**
 * Summarizes inspected containers of a project, as {@link deployStatus} does for the list of
 * `docker compose ps`.
 */
export function deployStatusOf(
  inspected: readonly InspectedContainer[],
  wanted?: readonly WantedService[],
): DeployStatus {
  return deployStatus(inOrder(inspected.filter(isOfService)), wanted);
}
