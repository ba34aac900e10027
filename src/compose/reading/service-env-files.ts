import { readFileSync } from "node:fs";
import { type ConfigIssue, DeployError } from "../../errors.ts";
import { type Fields, fieldsOf, listOf, textOf } from "../../text/coerce.ts";
import { lookupIn } from "../env-file/compose-environment.ts";
import { type EnvAssignment, type EnvFile, parseEnvFile } from "../env-file/parse.ts";
import { interpolate } from "../interpolate.ts";
import { define, environmentByName } from "../merge-files.ts";

/** One variable that a line of a file sets. */
export interface FileAssignment extends EnvAssignment {
  readonly file: string;
}

/** Services with the contents of their `env_file` in their environments. */
export interface WithEnvFiles {
  readonly services: Fields;
  /** Names that come from such files, by service. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly assignments: readonly FileAssignment[];
  /** Files that compose refuses: missing ones, and lines that it cannot read. */
  readonly faults: readonly ConfigIssue[];
  /** Places of files that have a format of their own and are not read. */
  readonly notFollowed: readonly string[];
}

/**
 * Reads the `env_file` of services and puts the values below those of `environment`, as compose
 * does. Dollar signs in them are doubled, since a compose file stands for variables with them.
 *
 * @param active names of the services to read; compose reads the files of no other ones
 * @param variables compose's own environment
 */
export function withEnvFiles(
  services: Fields,
  active: readonly string[],
  variables: Readonly<Record<string, string>>,
): WithEnvFiles {
  const out: Fields = { ...services };
  const names = new Map<string, readonly string[]>();
  const assignments: FileAssignment[] = [];
  const faults: ConfigIssue[] = [];
  const notFollowed: string[] = [];
  for (const name of active) {
    const service = fieldsOf(services[name]);
    let values: Readonly<Record<string, string>> = {};
    for (const { path, required, format } of listOf(service.env_file).map(fieldsOf)) {
      if (format != null) {
        // Compose 2.26 knows no other format than its own; later releases have `raw`.
        notFollowed.push(`services.${name}.env_file`);
        continue;
      }
      const file = interpolate(textOf(path), variables);
      const read = readEnvFile(file, { ...variables, ...values });
      if (read === undefined) {
        faults.push(...(required === false ? [] : [missing(file, name)]));
      } else if (isEnvFile(read)) {
        values = { ...values, ...read.variables };
        assignments.push(...read.assignments.map((one) => ({ ...one, file })));
      } else {
        faults.push(...read);
      }
    }
    names.set(name, Object.keys(values));
    define(out, name, withValues(service, values));
  }
  return { services: out, names, assignments, faults, notFollowed };
}

function missing(file: string, service: string): ConfigIssue {
  return { field: file, message: `is an env_file of ${service}, and there is no such file` };
}

function isEnvFile(read: EnvFile | readonly ConfigIssue[]): read is EnvFile {
  return "assignments" in read;
}

function withValues(service: Fields, values: Readonly<Record<string, string>>): Fields {
  const environment: Fields = {};
  for (const [name, value] of Object.entries(values)) {
    define(environment, name, value.replaceAll("$", "$$$$"));
  }
  for (const [name, value] of Object.entries(environmentByName(service.environment))) {
    define(environment, name, value);
  }
  return Object.keys(values).length === 0 ? service : { ...service, environment };
}

/** Returns undefined for a file that is not there, and the faults of one that cannot be read. */
function readEnvFile(
  path: string,
  variables: Readonly<Record<string, string>>,
): EnvFile | readonly ConfigIssue[] | undefined {
  try {
    return parseEnvFile(readFileSync(path), path, lookupIn(variables));
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return error.issues ?? [];
    }
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? undefined : [{ field: path, message: `cannot be read: ${code}` }];
  }
}
