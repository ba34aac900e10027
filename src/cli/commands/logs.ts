/** `logs`: prints log lines of services. */

import { withService } from "../../deployment/with-service.ts";
import type { CommandContext } from "../command-context.ts";
import { locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { AlignedLogs } from "../output/aligned-logs.ts";
import { callsOf, type JsonOption } from "../output/results.ts";
import { targetProject } from "../target-project.ts";

interface LogsOptions {
  readonly tail: number;
  readonly since?: string;
  readonly follow?: boolean;
}

/** Prints the last lines of a project's logs, or follows them. */
export async function logsCommand(
  context: CommandContext,
  words: readonly string[],
  named: NamedTarget & JsonOption & LogsOptions,
): Promise<void> {
  const { options, words: services } = await locatedTarget(context, named, words, "services");
  const { tail, since } = options;
  const project = await targetProject(options, context.environment, callsOf(context));
  if (options.follow === true) {
    const { followLogsCommand } = await import("./logs-follow.ts");
    await followLogsCommand(context, project, { services, tail, since }, options.json === true);
    return;
  }
  const logs = await withService(project, () => project.logs(services, tail, since));
  if (logs === "") {
    const { requireContainers } = await import("../../deployment/known-project.ts");
    await requireContainers(project);
  }
  context.output.result(
    options.json === true
      ? JSON.stringify({ project: project.name, logs })
      : new AlignedLogs().align(logs.trimEnd().split("\n")).join("\n"),
  );
}
