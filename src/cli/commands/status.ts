/** `status`: what the services do. */

import { callsOf, type JsonOption, printStatus } from "../output/results.ts";
import type { Session } from "../session.ts";
import type { TargetOptions } from "../target.ts";
import { targetProject } from "../target-project.ts";

/** Shows the status of a project, once or until somebody ends it. */
export async function statusCommand(
  session: Session,
  options: TargetOptions & JsonOption & { readonly watch?: boolean; readonly interval: number },
): Promise<void> {
  const { environment, signal } = session;
  const project = await targetProject(options, environment, callsOf(session));
  if (options.watch === true) {
    const { watchStatus } = await import("./status-watch.ts");
    await watchStatus(session, project, options);
    return;
  }
  const seen = await project.status();
  // Which very image a container runs takes two more calls of docker, and only programs ask for it.
  const status =
    options.json === true
      ? await (await import("../../deployment/images.ts")).withImages(project, seen, signal)
      : seen;
  printStatus(session, project.name, status, options);
}
