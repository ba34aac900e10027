import { invalidConfig } from "../../errors.ts";
import type { Lookup } from "../template.ts";
import { type EnvFile, lineIssue, parseEnvFile } from "./parse.ts";

/** Variables of a process by name. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the `.env` file of a project, or the file of `--env-file`. Compose takes its variables for
 * its own environment, and refuses what no process can have there.
 *
 * @param environment the environment of the process, which counts more than the file
 * @throws DeployError of kind `InvalidConfig` with the line that compose refuses
 */
export function parseProjectEnvFile(
  bytes: Uint8Array,
  file: string,
  environment: Environment,
): EnvFile {
  const parsed = parseEnvFile(bytes, file, lookupIn(environment));
  const faults = parsed.assignments.flatMap(({ name, value, line }) => {
    if (name === "") {
      const message =
        "sets a variable without a name; write NAME=VALUE, or end the last line of the file where it is only a name";
      return [lineIssue(file, line, message)];
    }
    return value.includes("\0")
      ? [lineIssue(file, line, `gives ${name} a zero character, which no variable can hold`)]
      : [];
  });
  if (faults.length > 0) {
    throw invalidConfig(faults);
  }
  return parsed;
}

/** Looks variables up among the own fields of a record. */
export function lookupIn(environment: Environment): Lookup {
  return (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined);
}
