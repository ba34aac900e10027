/** The effect of a start on one service, by the rules of compose. */

import type { ObservedContainer } from "../observe/containers.ts";
import type { ObservedProject } from "../observe/observed-project.ts";
import { type Difference, differencesOf } from "./differences.ts";
import type {
  DeclaredService,
  Reason,
  ServiceAction,
  ServicePlan,
  ServicePlanInput,
} from "./types.ts";

/** Selects the containers and the image of a declared service from an observed project. */
export function servicePlanInput(
  observed: ObservedProject,
  declared: DeclaredService,
): ServicePlanInput {
  return {
    declared,
    containers: observed.containers.filter(({ service }) => service === declared.name),
    imageId: observed.imageId(declared.spec.image),
    imageVariables: observed.imageVariables,
  };
}

/** Plans a service by itself, without the effects of its dependencies. */
export function planService(input: ServicePlanInput): ServicePlan {
  const { declared, containers } = input;
  const plan = (action: ServiceAction, reasons: readonly Reason[] = []): ServicePlan => ({
    service: declared.name,
    action,
    reasons,
    downtime:
      ["recreated", "restarted"].includes(action) && containers.some(({ state }) => isUp(state)),
  });
  const { scale } = declared;
  if (containers.length === 0) {
    return scale === 0 ? plan("stays") : plan("created");
  }
  const scaled =
    containers.length === scale ? [] : [stateReason(`${containers.length} -> ${scale} containers`)];
  const outdated = containers.find((container) => isOutdated(input, container));
  if (outdated !== undefined && scale > 0) {
    return plan("recreated", [...containerDifferences(input, outdated), ...scaled]);
  }
  if (scaled.length > 0) {
    return plan(containers.length < scale ? "created" : "removed", scaled);
  }
  const down = containers.filter((container) => !isUp(container.state));
  if (down.length > 0) {
    const code = down[0]?.exitCode;
    const areDone = down.every(
      ({ state, exitCode, mayEnd }) => state === "exited" && exitCode === 0 && mayEnd === true,
    );
    return declared.oneShot || areDone
      ? plan("runs again")
      : plan("started", [
          stateReason(
            down[0]?.state === "exited"
              ? `it had ended with exit code ${code}`
              : `it was ${down[0]?.state}`,
          ),
        ]);
  }
  return containers.some(({ health }) => health === "unhealthy")
    ? plan("restarted", [stateReason("it is unhealthy")])
    : plan("stays");
}

/** Makes a reason of a sentence. */
export function stateReason(message: string): Reason {
  return { part: "state", message };
}

/** Whether docker calls a container of that state up. A restarting container counts as up. */
export function isUp(containerState: string): boolean {
  return containerState === "running" || containerState === "restarting";
}

/**
 * Whether compose would recreate a container: its hash or the content of its image differs. Where the
 * hash is not known beforehand, the parts of the container tell.
 */
export function isOutdated(
  {
    declared,
    imageId,
    imageVariables,
  }: Pick<ServicePlanInput, "declared" | "imageId" | "imageVariables">,
  container: ObservedContainer,
): boolean {
  const differs =
    declared.configHash === ""
      ? differencesOf({
          from: container.spec,
          to: declared.spec,
          imageVariables: imageVariables(container.imageId),
        }).length > 0
      : container.configHash !== declared.configHash;
  return differs || (imageId !== undefined && container.imageId !== imageId);
}

/** Finds the differences between an outdated container and its declaration. Never empty. */
export function containerDifferences(
  input: ServicePlanInput,
  container: ObservedContainer,
): Difference[] {
  const { declared, imageId, imageVariables } = input;
  const found = differencesOf({
    from: container.spec,
    to: declared.spec,
    imageVariables: imageVariables(container.imageId),
  });
  const sameName = !found.some(({ part }) => part === "image");
  if (sameName && imageId !== undefined && imageId !== container.imageId) {
    const [from, to] = [shortImageId(container.imageId), shortImageId(imageId)];
    found.unshift({ part: "image content", from, to });
  }
  // Compose's hash covers more than the parts compared here.
  return found.length > 0 ? found : [{ part: "definition" }];
}

/** Shortens the id of an image as docker does. */
export function shortImageId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
