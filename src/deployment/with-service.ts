/** Errors of work on a service whose project is gone. */
import { onDeployError } from "../errors.ts";
import type { ComposeProject } from "./project.ts";

/**
 * Runs `work`, which needs a service of a project. Where the service is missing with all the others,
 * the error tells of the project instead.
 *
 * @throws DeployError of the kinds that `work` and `requireContainers` throw
 */
export async function withService<T>(project: ComposeProject, work: () => Promise<T>): Promise<T> {
  return await onDeployError(work, async (failure) => {
    if (failure.kind === "ServiceNotFound") {
      // Loaded only where it is needed, since reading a log has to begin at once.
      const { requireContainers } = await import("./known-project.ts");
      await requireContainers(project);
    }
    throw failure;
  });
}
