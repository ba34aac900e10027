import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { composeVariables } from "../compose/compose-variables.ts";
import { readEnvFile } from "./env-file.ts";
import { type Environment, projectNameOf, type TargetOptions } from "./target.ts";

/** Options that say which compose files and profiles are meant. */
export interface FileOptions extends TargetOptions {
  readonly file?: readonly string[] | undefined;
  readonly profile?: readonly string[] | undefined;
}

/** A file of `--env-file`, with what it says to compose itself. */
export interface EnvFileOfTarget {
  /** Variables for the compose files. Those of compose itself are left out. */
  readonly variables: Readonly<Record<string, string>>;
  /** The options, with the compose files and profiles of the file where no option gives others. */
  readonly options: FileOptions;
  /** Tells what is taken of compose's own variables and what is not. */
  readonly notes: (projectName: string) => string[];
}

/**
 * Reads the file of `--env-file`. `COMPOSE_FILE`, `COMPOSE_PATH_SEPARATOR` and `COMPOSE_PROFILES` in
 * the file count as for compose. The name of the project does not: commands that have no
 * `--env-file` could not find the project again.
 *
 * @throws DeployError of kind `PathNotFound` or `InvalidConfig`
 */
export function envFileOf(
  options: FileOptions,
  path: string,
  environment: Environment,
): EnvFileOfTarget {
  const { variables } = readEnvFile(path, environment);
  const { files, profiles, projectName } = composeVariables(variables);
  // The bundled file stands in no folder that other files could be in.
  const file = options.path === undefined ? undefined : files;
  const taken: Record<string, boolean> = {
    COMPOSE_FILE: file !== undefined && options.file === undefined,
    COMPOSE_PROFILES: profiles !== undefined && options.profile === undefined,
  };
  const own = Object.keys(variables).filter((name) => name.startsWith("COMPOSE_"));
  return {
    variables: Object.fromEntries(
      Object.entries(variables).filter(([name]) => !name.startsWith("COMPOSE_")),
    ),
    options: {
      ...options,
      ...(taken.COMPOSE_FILE ? withFolderOfFirst(options, file ?? []) : {}),
      ...(taken.COMPOSE_PROFILES ? { profile: profiles } : {}),
    },
    notes: (project) => {
      const isTold = (name: string) =>
        name === "COMPOSE_PATH_SEPARATOR" ||
        taken[name] === true ||
        (name === "COMPOSE_PROJECT_NAME" && (projectName === project || isBeside(path, options)));
      const left = own.filter((name) => !isTold(name));
      const yes = own.filter((name) => taken[name] === true);
      return [
        ...(yes.length === 0 ? [] : [`${yes.join(" and ")}: taken from ${path}, as compose does`]),
        ...left.map((name) =>
          name === "COMPOSE_PROJECT_NAME"
            ? `${name} in ${path} is not taken: the project is ${project}; --project ${projectName} names the other one`
            : `${name} in ${path} is not taken`,
        ),
      ];
    },
  };
}

/**
 * Options for files whose relative paths start from the folder of the first one, as for compose. The
 * project keeps the name that it has without them.
 */
function withFolderOfFirst(options: FileOptions, files: readonly string[]): Partial<FileOptions> {
  const folder = resolve(options.path ?? ".");
  const path = dirname(resolve(folder, files[0] ?? ""));
  return files.length === 0 || path === folder || !existsSync(path)
    ? { file: files }
    : { path, file: files.map((one) => resolve(folder, one)), project: projectNameOf(options) };
}

/** Whether the file is the `.env` beside the compose files, of whose project name the checks tell. */
function isBeside(path: string, options: TargetOptions): boolean {
  return options.path !== undefined && resolve(path) === join(resolve(options.path), ".env");
}
