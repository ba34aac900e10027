/** What `pulumi up --json` prints: one event of the engine on each line, as it happens. */
import { z } from "zod";
import { cleanText } from "../../text/clean.ts";
import { tryJson } from "../../text/json.ts";
import { withoutColors } from "./preview-output.ts";

const schema = z.looseObject({
  diagnosticEvent: z
    .looseObject({ message: z.string().default(""), severity: z.string().default("") })
    .optional(),
  summaryEvent: z
    .looseObject({ resourceChanges: z.record(z.string(), z.number()).nullish() })
    .optional(),
});

/** Something that the engine, a provider or the program says. */
export interface EngineMessage {
  /** `info`, `info#err`, `warning`, `error` or `debug`. */
  readonly severity: string;
  readonly text: string;
}

/** The message on a line of output; undefined on lines that hold something else. */
export function engineMessage(line: string): EngineMessage | undefined {
  const event = schema.safeParse(tryJson(line)).data?.diagnosticEvent;
  return event && { severity: event.severity, text: messageText(event.message) };
}

/** All errors of an update, the one that says least at the end. */
export function updateErrors(output: string): string[] {
  const errors = output
    .split("\n")
    .map(engineMessage)
    .filter((message) => message?.severity === "error")
    .map((message) => message?.text ?? "");
  const telling = errors.filter((text) => text !== "update failed");
  return [...new Set(telling.length > 0 ? telling : errors)];
}

/** A message without marks of Pulumi's, and without what a failed command printed before its error. */
export function messageText(message: string): string {
  const text = cleanText(withoutColors(message)).trim();
  const own = text.search(/^error: [A-Z]\w+: /m);
  return (own > 0 ? text.slice(own) : text).replace(/^error: /, "");
}

/**
 * Whether an update was killed: it did not come to its summary, which also one that fails does. One
 * that the engine never began has no events at all.
 */
export function isCutShort({ exitCode, stdout }: { exitCode: number; stdout: string }): boolean {
  const ended = stdout.includes('"summaryEvent":');
  return exitCode >= 128 || (exitCode !== 0 && stdout.trim() !== "" && !ended);
}
