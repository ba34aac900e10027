/** `logs --follow`: prints log lines as they arrive. */

import type { LogSelection } from "../../compose/logs.ts";
import { followLogs } from "../../deployment/follow-logs.ts";
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
  await runUntilInterrupted(context, (signal) =>
    followLogs(project, {
      ...selection,
      signal,
      onLines: (lines) => context.output.stream(lines.map(form).join("")),
    }),
  );
}
