/** `logs --follow`: prints log lines as they arrive. */

import type { LogSelection } from "../../compose/logs.ts";
import { followLogs } from "../../deployment/follow-logs.ts";
import { requireContainers, withService } from "../../deployment/known-project.ts";
import type { ComposeProject } from "../../deployment/project.ts";
import { partsOfLine } from "../../redaction/log-lines.ts";
import { type CommandContext, runUntilInterrupted } from "../command-context.ts";

/** Writes the lines of a project's logs until interrupted, or until no container runs. */
export async function followLogsCommand(
  context: CommandContext,
  project: ComposeProject,
  selection: LogSelection,
  json: boolean,
): Promise<void> {
  const form = json
    ? (line: string) => `${JSON.stringify(partsOfLine(line))}\n`
    : (line: string) => `${line}\n`;
  if (selection.services.length === 0) {
    await requireContainers(project);
  }
  await runUntilInterrupted(context, (signal) =>
    withService(project, () =>
      followLogs(project, {
        ...selection,
        signal,
        onLines: (lines) => context.output.stream(lines.map(form).join("")),
      }),
    ),
  );
}
