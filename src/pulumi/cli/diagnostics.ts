/** Messages of Pulumi's engine, its providers and the program. */
import type { DiagnosticEvent } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { cleanText } from "../../text/clean.ts";

/**
 * Parts of Pulumi's diagnostic event that are read here. Pulumi's type has no `debug`, which its engine
 * sends all the same.
 */
export interface Diagnostic extends Pick<DiagnosticEvent, "message"> {
  readonly severity: DiagnosticEvent["severity"] | "debug";
}

/**
 * Schema of a diagnostic. A severity that this release does not know counts as `debug`: such messages
 * are not shown, since they may quote inputs of the program with their secrets.
 */
export const diagnosticSchema = z.looseObject({
  message: z.string().default(""),
  severity: z.enum(["info", "info#err", "warning", "error", "debug"]).catch("debug"),
}) satisfies z.ZodType<Diagnostic>;

/** Removes the marks for colors that Pulumi puts into its own messages. */
export function withoutColors(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "");
}

/**
 * Whether a message says nothing to a person. Pulumi has a warning for each output that a stack does
 * not have, such as `login` without an organization.
 */
export function isMeaningless(message: string): boolean {
  return /^(?:warning: )?Undefined value \(\S+\) will not show as a stack output\.$/.test(
    plainMessage(message),
  );
}

/** Removes Pulumi's marks from a message, and the output of a failed command before its error. */
export function plainMessage(message: string): string {
  const text = cleanText(withoutColors(message)).trim();
  const own = text.search(/^error: [A-Z]\w+: /m);
  return (own > 0 ? text.slice(own) : text).replace(/^error: /, "");
}
