/** Output of `pulumi up --json` and `pulumi refresh --json`: one event of the engine on each line. */
import { z } from "zod";
import { tryJson } from "../../text/json.ts";
import { type Diagnostic, diagnosticSchema, plainMessage } from "./diagnostics.ts";

const engineEventSchema = z.looseObject({ diagnosticEvent: diagnosticSchema.optional() });

/** Parses the diagnostic on a line of output. Returns undefined for a line of another event. */
export function diagnosticOnLine(line: string): Diagnostic | undefined {
  const event = engineEventSchema.safeParse(tryJson(line)).data?.diagnosticEvent;
  return event && { severity: event.severity, message: plainMessage(event.message) };
}

/** Selects the errors from the output of an update. Pulumi's own "update failed" counts only alone. */
export function updateErrors(output: string): string[] {
  const errors = output
    .split("\n")
    .map(diagnosticOnLine)
    .filter((diagnostic) => diagnostic?.severity === "error")
    .map((diagnostic) => diagnostic?.message ?? "");
  const telling = errors.filter((text) => text !== "update failed");
  return [...new Set(telling.length > 0 ? telling : errors)];
}

/**
 * Whether an update was killed: its events end without the summary, which a failed update has too.
 * An update that the engine never began has no events at all.
 */
export function isCutShort({ exitCode, stdout }: { exitCode: number; stdout: string }): boolean {
  const ended = stdout.includes('"summaryEvent":');
  return exitCode >= 128 || (exitCode !== 0 && stdout.trim() !== "" && !ended);
}
