/** `stop` and `start`: services without removing or making containers. */

import { requireContainers } from "../../deployment/known-project.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { callsOf, type JsonOption, printDone, printStatus } from "../output/results.ts";
import { targetProject } from "../target-project.ts";

/**
 * Stops the named services of a project, or all. Containers and data stay.
 *
 * @throws DeployError of kind `ProjectNotFound`, or of kind `ServiceNotFound`, also for a project
 *   without containers
 */
export async function stopCommand(
  context: CommandContext,
  words: readonly string[],
  named: NamedTarget & JsonOption,
): Promise<void> {
  const located = await locatedTarget(context, named, words, "services");
  const { options, words: services } = located;
  const project = await targetProject(options, context.environment, callsOf(context));
  await project.exclusively("stop", async () => {
    await requireContainers(project);
    await project.requireServices(services);
    await project.stopServices(services);
  });
  const what = services.length === 0 ? "is stopped" : `has stopped ${services.join(", ")}`;
  const again = zbl("start", ...(located.stack ?? ["--project", project.name]), ...services);
  const done = `${what}; containers and data stay. \`${again}\` starts ${services.length === 1 ? "the service" : "the services"} again, and so does the next \`up\``;
  printDone(context, project.name, done, options);
}

/**
 * Starts the stopped containers of the named services of a project, or of all, waits until they are
 * ready, and prints the status.
 *
 * @throws DeployError of the kinds that `startAgain` throws
 */
export async function startCommand(
  context: CommandContext,
  words: readonly string[],
  named: NamedTarget & JsonOption,
): Promise<void> {
  const located = await locatedTarget(context, named, words, "services");
  const { options, words: services } = located;
  const calls = callsOf(context);
  const project = await targetProject(options, context.environment, calls);
  const { startAgain } = await import("../../deployment/start-again.ts");
  const status = await startAgain(project, services, calls);
  printStatus(context, project.name, status, options);
}
