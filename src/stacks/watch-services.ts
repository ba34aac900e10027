/** Watches the services of projects while Pulumi starts them. */
import { ContainerWatch } from "../deployment/container-watch.ts";
import type { StatusPoll } from "../deployment/options.ts";
import { ComposeProject } from "../deployment/project.ts";
import { ReadinessJudge } from "../deployment/readiness.ts";
import { waitUntilReady } from "../deployment/wait.ts";
import { onDeployError } from "../errors.ts";
import type { PlannedDeployment } from "../pipeline/deployments.ts";

/**
 * Observes the services of a deployment until the signal fires. Changes nothing. An engine that no
 * longer answers ends the watch without an error: the deploy itself reports that.
 */
export async function watchServices(
  { projectName, engine, services }: PlannedDeployment,
  signal: AbortSignal,
  onLook: (projectName: string, poll: StatusPoll) => void,
): Promise<void> {
  const project = new ComposeProject(projectName, engine);
  const watch = new ContainerWatch(project);
  const judge = new ReadinessJudge();
  const watching = async () => {
    // Containers that nobody touches are ready at once.
    judge.note(await project.containers());
    await waitUntilReady({
      watch,
      judge,
      expected: services.map((service) => ({ ...service, hasHealthCheck: false })),
      isLocal: false,
      deadlineMs: Infinity,
      // Only the deploy knows when it is done.
      isFinal: () => false,
      signal,
      onStatusPoll: (poll) => onLook(projectName, poll),
    });
  };
  await onDeployError(watching, () => undefined);
  await watch.close();
}
