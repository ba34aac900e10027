/** `logs --follow`: prints log lines as they arrive. */

import type { LogSelection } from "../../compose/logs.ts";
import { followLogs } from "../../deployment/follow-logs.ts";
import { requireContainers } from "../../deployment/known-project.ts";
import type { ComposeProject } from "../../deployment/project.ts";
import { withService } from "../../deployment/with-service.ts";
import { partsOfLine } from "../../redaction/log-lines.ts";
import { type CommandContext, runUntilInterrupted } from "../command-context.ts";
import { AlignedLogs } from "../output/aligned-logs.ts";

/** Writes the lines of a project's logs until interrupted, or until no container runs. */
export async function followLogsCommand(
  context: CommandContext,
  project: ComposeProject,
  selection: LogSelection,
  json: boolean,
): Promise<void> {
  if (selection.services.length === 0) {
    await requireContainers(project);
  }
  const aligned = json
    ? undefined
    : namesIn(project, selection).then((names) => new AlignedLogs(names));
  const shown = async (lines: readonly string[]) =>
    (await aligned)?.align(lines) ?? lines.map((line) => JSON.stringify(partsOfLine(line)));
  await runUntilInterrupted(context, (signal) =>
    withService(project, () =>
      followLogs(project, {
        ...selection,
        signal,
        onLines: async (lines) => context.output.stream(`${(await shown(lines)).join("\n")}\n`),
      }),
    ),
  );
}

/** Names that compose puts in front of the lines. Empty where the containers cannot be listed. */
async function namesIn(project: ComposeProject, { services }: LogSelection): Promise<string[]> {
  // Where the engine does not answer, following the logs says so.
  const { containers } = await project.status().catch(() => ({ containers: [] }));
  return containers
    .filter(({ service }) => services.length === 0 || services.includes(service))
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${project.name}-`))
    .map((name) => name.slice(project.name.length + 1));
}
