/** `status`: what the services do. */

import { wantedService } from "../../deployment/wanted-services.ts";
import { sentenceList } from "../../text/list.ts";
import type { CommandContext } from "../command-context.ts";
import { listOf, locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { callsOf, type JsonOption, printStatus } from "../output/results.ts";
import { targetProject } from "../target-project.ts";

/** Shows the status of a project, once or until somebody ends it. */
export async function statusCommand(
  context: CommandContext,
  stack: string | undefined,
  named: NamedTarget & JsonOption & { readonly watch?: boolean; readonly interval: number },
): Promise<void> {
  const located = await locatedTarget(context, named, listOf(stack), "no others");
  const { options, services } = located;
  // The containers alone do not tell of a service whose containers are gone.
  const wanted = services?.map((name) => wantedService(name));
  const { environment, signal } = context;
  const project = await targetProject(options, environment, callsOf(context));
  if (options.watch === true) {
    const { watchStatus } = await import("./status-watch.ts");
    await watchStatus(context, project, options, wanted);
    return;
  }
  const seen = await project.status(wanted);
  if (seen.containers.length === 0) {
    const { requireProject, withoutContainers } = await import("../../deployment/known-project.ts");
    const remains = await requireProject(project);
    if (options.json !== true) {
      context.output.result(withoutContainers(project, remains));
      return;
    }
  }
  // Which very image a container runs takes two more calls of docker, and only programs ask for it.
  const status =
    options.json === true
      ? await (await import("../../deployment/status-images.ts")).withImages(project, seen, signal)
      : seen;
  printStatus(context, project.name, status, options);
  const neverStarted = seen.services.filter(([, state]) => state === "Created");
  if (options.json !== true && neverStarted.length > 0) {
    const { upCommand } = await import("../../deployment/known-project.ts");
    const names = sentenceList(neverStarted.map(([name]) => name));
    context.output.note(
      `Made and never started, since a start did not finish: ${names}. To go on with it: ${upCommand(project)}`,
    );
  }
}
