import type { EngineSettings } from "../docker/endpoint-settings.ts";
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
 * Returns the project that the options name.
 *
 * @param otherwise name without such an option
 * @throws UsageError where there is no name
 */
export function projectNameOf({ project }: TargetOptions, otherwise?: string): string {
  const name = project ?? otherwise;
  if (name === undefined || name === "") {
    throw new UsageError("which deployment? Name its compose project, as in `--project lago-dev`.");
  }
  return name;
}
