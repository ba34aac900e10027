/** `logs`: prints log lines of services. */

import type { CommandContext } from "../command-context.ts";
import { AlignedLogs } from "../output/aligned-logs.ts";
import { callsOf, type JsonOption } from "../output/results.ts";
import type { TargetOptions } from "../target.ts";
import { targetProject } from "../target-project.ts";

interface LogsOptions {
  readonly tail: number;
  readonly since?: string;
  readonly follow?: boolean;
}

/** Prints the last lines of a project's logs, or follows them. */
export async function logsCommand(
  context: CommandContext,
  services: readonly string[],
  options: TargetOptions & JsonOption & LogsOptions,
): Promise<void> {
  const { tail, since } = options;
  const project = await targetProject(options, context.environment, callsOf(context));
  if (options.follow === true) {
    const { followLogsCommand } = await import("./logs-follow.ts");
    await followLogsCommand(context, project, { services, tail, since }, options.json === true);
    return;
  }
  const logs = await project.logs(services, tail, since);
  context.output.result(
    options.json === true
      ? JSON.stringify({ project: project.name, logs })
      : new AlignedLogs().align(logs.trimEnd().split("\n")).join("\n"),
  );
}
