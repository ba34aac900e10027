import { basename, resolve } from "node:path";
import type { EngineSettings } from "../docker/endpoint-settings.ts";
import { projectNameOfFolder } from "../lago/config/project-name.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Options of the command line that say which deployment is meant. Further options are settings: see
 * `settingsFrom`.
 */
export interface TargetOptions extends EngineSettings {
  readonly project?: string;
  readonly path?: string;
  readonly envFile?: string;
  readonly lockTimeout?: number;
}

/** The environment of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the project that the options name, or else the one of their folder.
 *
 * @throws UsageError where they name none
 */
export function projectNameOf(options: TargetOptions): string {
  const name =
    options.project ?? (options.path && projectNameOfFolder(basename(resolve(options.path))));
  if (name === undefined || name === "") {
    throw new UsageError("which deployment? Name its compose project, as in `--project lago-dev`.");
  }
  return name;
}
