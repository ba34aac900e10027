import { basename, resolve } from "node:path";
import { projectNameOfFolder } from "../config/project-name.ts";
import { ComposeProject } from "../deployment/project.ts";
import type { ProjectCalls } from "../deployment/project-calls.ts";
import { SPEC_VARIABLE } from "../deployment/spec-variable.ts";
import { type EngineSettings, engineOf } from "../engine/settings.ts";
import { invalidConfig } from "../errors.ts";
import type { WantedPorts } from "../ports/choose.ts";

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

/** The project, for commands that need no compose file. */
export async function targetProject(
  options: TargetOptions,
  environment: Environment,
  calls: Pick<ProjectCalls, "signal" | "onProgress">,
): Promise<ComposeProject> {
  if (environment[SPEC_VARIABLE] === undefined && options.lockTimeout === undefined) {
    // All that is asked of a look: the rules for everything else take a tenth of a second to load.
    return new ComposeProject(projectNameOf(options), { ...calls, ...engineOf(options) });
  }
  const { targetSpec } = await import("./target-deployment.ts");
  const spec = targetSpec(options, environment);
  const { projectName, lockTimeoutSeconds } = spec;
  return new ComposeProject(projectName, { ...calls, ...engineOf(spec), lockTimeoutSeconds });
}

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
