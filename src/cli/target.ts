import { basename, resolve } from "node:path";
import type { EngineSettings } from "../docker/endpoint-settings.ts";
import { invalidConfig } from "../errors.ts";
import { projectNameOfFolder } from "../lago/config/project-name.ts";
import type { WantedPorts } from "../spec/wanted-ports.ts";

/** Options that say which deployment is meant, as the command line gives them. */
export interface TargetOptions extends EngineSettings {
  readonly project?: string;
  readonly path?: string;
  readonly file?: string[];
  readonly profile?: string[];
  readonly envFile?: string;
  readonly apiPort?: WantedPorts["api"];
  readonly frontPort?: WantedPorts["front"];
  readonly address?: string;
  readonly pullPolicy?: string;
  readonly startTimeout?: number;
  readonly lockTimeout?: number;
  readonly allowKeyChange?: string[];
  readonly allowVolumeChange?: string[];
  readonly allowUnsafe?: string[];
  readonly release?: string;
}

/** The environment of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The project that the options name, or the folder that they do.
 *
 * @throws DeployError of kind `InvalidConfig` where they name none
 */
export function projectNameOf(options: TargetOptions): string {
  const name =
    options.project ?? (options.path && projectNameOfFolder(basename(resolve(options.path))));
  if (name === undefined || name === "") {
    throw invalidConfig([
      {
        field: "--project",
        message: "which deployment? Name its compose project, such as lago-dev",
      },
    ]);
  }
  return name;
}
