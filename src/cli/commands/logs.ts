/** `logs`: prints log lines of services. */

import { callsOf, type JsonOption } from "../output/results.ts";
import type { Session } from "../session.ts";
import type { TargetOptions } from "../target.ts";
import { targetProject } from "../target-project.ts";

interface LogsOptions {
  readonly tail: number;
  readonly since?: string;
  readonly follow?: boolean;
}

/** Prints the last lines of a project's logs, or follows them. */
export async function logsCommand(
  session: Session,
  services: readonly string[],
  options: TargetOptions & JsonOption & LogsOptions,
): Promise<void> {
  const { tail, since } = options;
  const project = await targetProject(options, session.environment, callsOf(session));
  if (options.follow === true) {
    const { followLogsCommand } = await import("./logs-follow.ts");
    await followLogsCommand(session, project, { services, tail, since }, options.json === true);
    return;
  }
  const logs = await project.logs(services, tail, since);
  session.output.result(
    options.json === true ? JSON.stringify({ project: project.name, logs }) : logs.trimEnd(),
  );
}
