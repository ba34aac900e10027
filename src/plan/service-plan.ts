/** What a start would do to one service, judged by what compose itself judges by. */

import type { ObservedContainer } from "../observe/containers.ts";
import { type Difference, differencesOf } from "./differences.ts";
import type { Reason, ServiceAction, ServicePlan, ServiceSubject } from "./types.ts";

/** Judges a service by itself; what its dependencies do to it comes on top. */
export function planService(subject: ServiceSubject): ServicePlan {
  const { declared, containers } = subject;
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
    containers.length === scale ? [] : [state(`${containers.length} -> ${scale} containers`)];
  const outdated = containers.find((container) => isOutdated(subject, container));
  if (outdated !== undefined && scale > 0) {
    return plan("recreated", [...reasonsOf(subject, outdated), ...scaled]);
  }
  if (scaled.length > 0) {
    return plan(containers.length < scale ? "created" : "removed", scaled);
  }
  const down = containers.filter((container) => !isUp(container.state));
  if (down.length > 0) {
    const code = down[0]?.exitCode;
    return declared.oneShot
      ? plan("runs again")
      : plan("started", [
          state(
            down[0]?.state === "exited"
              ? `it had ended with exit code ${code}`
              : `it was ${down[0]?.state}`,
          ),
        ]);
  }
  return containers.some(({ health }) => health === "unhealthy")
    ? plan("restarted", [state("it is unhealthy")])
    : plan("stays");
}

/** A reason in plain words. */
export function state(message: string): Reason {
  return { part: "state", message };
}

/** Whether docker calls a container of that state up, be it between two lives. */
export function isUp(containerState: string): boolean {
  return containerState === "running" || containerState === "restarting";
}

/** Compose's own rule: another hash, or another content of the image. */
export function isOutdated(
  { declared, imageId }: Pick<ServiceSubject, "declared" | "imageId">,
  container: ObservedContainer,
): boolean {
  return (
    container.configHash !== declared.configHash ||
    (imageId !== undefined && container.imageId !== imageId)
  );
}

/** What differs between a container and its declaration. */
export function reasonsOf(subject: ServiceSubject, container: ObservedContainer): Difference[] {
  const { declared, imageId, imageVariables } = subject;
  const found = differencesOf({
    from: container.facts,
    to: declared.facts,
    imageVariables: imageVariables(container.imageId),
  });
  const sameName = !found.some(({ part }) => part === "image");
  if (sameName && imageId !== undefined && imageId !== container.imageId) {
    const [from, to] = [shortImageId(container.imageId), shortImageId(imageId)];
    found.unshift({ part: "image content", from, to });
  }
  // Compose's hash knows more than is compared here.
  return found.length > 0 ? found : [{ part: "definition" }];
}

/** An image's content as docker shows it to people. */
export function shortImageId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
