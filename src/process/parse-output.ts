/** Checks the JSON that programs print. */

import type { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { zbl } from "../text/zbl.ts";

/**
 * Parses the JSON output of a command.
 *
 * @param command the command as a person would type it, such as `docker image inspect`, without
 *   values
 * @throws DeployError of kind `ParseError`, which shows nothing of the output
 */
export function parseOutput<T>(schema: z.ZodType<T>, text: string, command: string): T {
  const parsed = schema.safeParse(tryJson(text));
  if (!parsed.success) {
    throw unexpectedOutput(command, parsed.error);
  }
  return parsed.data;
}

/**
 * Makes the error for the output of a command that this release cannot read.
 *
 * @param cause names fields and types; must hold nothing of the output
 */
export function unexpectedOutput(command: string, cause?: z.ZodError): DeployError {
  const message = `The output of \`${command}\` is not of the expected form. ${adviceOn(command)}`;
  return new DeployError("ParseError", message, { cause });
}

function adviceOn(command: string): string {
  if (command.startsWith("pulumi ")) {
    return "Is this Pulumi 3.259 or newer?";
  }
  const tool = command.startsWith("docker compose ") ? "compose" : "Docker";
  return `Run \`${zbl("doctor")}\` to see whether this ${tool} version is supported.`;
}
