/** Environments of containers, parsed from docker's output. */
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { secretValues } from "../lago/secret-settings.ts";
import { tryJson } from "../text/json.ts";
import { variablesOf } from "../text/variables.ts";

/** Returns the secrets in environments, given as {@link parseEnvironments} reads them. */
export function secretsIn(text: string): string[] {
  return parseEnvironments(text).flatMap(secretValues);
}

const schema = z.array(z.string()).nullable();

/** Parses environments, one a line, each a JSON array of `NAME=value`. */
export function parseEnvironments(text: string): Record<string, string>[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const parsed = schema.safeParse(tryJson(line));
    if (!parsed.success) {
      throw new DeployError(
        "ParseError",
        "The environment of a container has an unexpected form, so its secrets are unknown. Run `z-billing-lago doctor` to see whether this Docker version is supported.",
      );
    }
    return variablesOf(parsed.data ?? []);
  });
}
