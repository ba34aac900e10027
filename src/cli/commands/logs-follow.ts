/** `logs --follow`: prints log lines as they arrive. */

import type { LogSelection } from "../../compose/logs.ts";
import { followLogs } from "../../deployment/follow-logs.ts";
import type { ComposeProject } from "../../deployment/project.ts";
import { partsOfLine } from "../../redaction/log-lines.ts";
import { type Session, untilEnded } from "../session.ts";

/** Writes the lines of a project's logs until interrupted, or until no container runs. */
export async function followLogsCommand(
  session: Session,
  project: ComposeProject,
  selection: LogSelection,
  json: boolean,
): Promise<void> {
  const form = json
    ? (line: string) => `${JSON.stringify(partsOfLine(line))}\n`
    : (line: string) => `${line}\n`;
  await untilEnded(session, (signal) =>
    followLogs(project, {
      ...selection,
      signal,
      onLines: (lines) => session.output.stream(lines.map(form).join("")),
    }),
  );
}
