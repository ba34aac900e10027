/** `keys recover`: recovers the keys of a lost stack state from running containers. */

import { KeyFingerprintStore } from "../../deployment/key-fingerprint-store.ts";
import type { DockerEndpoint, EngineSettings } from "../../docker/endpoint-settings.ts";
import { invalidConfig } from "../../errors.ts";
import { keysFromContainers } from "../../keys/from-containers.ts";
import { hasData } from "../../keys/project-volumes.ts";
import { keysText, type SavedKeys } from "../../keys/saved-keys.ts";
import { GUARDED_KEY_NAMES } from "../../lago/lago-keys.ts";
import { readEnvironments } from "../../observe/container-environments.ts";
import { writeStackKeys } from "../../pulumi/cli/stack-keys.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenEngine } from "../engine-options.ts";
import { chosenStack } from "../stack-target.ts";

/** Options of `keys recover`. */
export interface RecoverOptions extends EngineSettings {
  readonly project: string;
  readonly stack?: string;
  readonly cwd?: string;
  readonly toStdout?: boolean;
}

/** Stores the keys as secret config of a stack, or prints them with `--to-stdout`. */
export async function recoverCommand(
  context: CommandContext,
  options: RecoverOptions,
): Promise<void> {
  const { project, stack } = options;
  if ((stack === undefined) === (options.toStdout !== true)) {
    const message =
      "no destination: give either --stack NAME, to store the keys as its secret config, or --to-stdout";
    throw invalidConfig([{ field: "keys recover", message }]);
  }
  const saved = await recover(context, project, chosenEngine(options));
  if (stack === undefined) {
    context.output.result(keysText(saved));
    return;
  }
  await writeStackKeys(await chosenStack(context, options), saved);
  context.output.result(
    `Stack ${stack} has the ${Object.keys(saved.keys).length} keys of project ${project}, encrypted in its config. With the same settings as before, the next \`pulumi up\` adopts the running deployment.`,
  );
}

async function recover(
  context: CommandContext,
  projectName: string,
  engine: DockerEndpoint,
): Promise<SavedKeys> {
  const { output, signal } = context;
  const environments = await readEnvironments(projectName, engine, signal);
  const volumes = await new KeyFingerprintStore(projectName, engine, signal).read();
  const fingerprints = hasData(volumes) ? volumes.fingerprints : undefined;
  const keys = await keysFromContainers(projectName, environments, fingerprints);
  output.note(
    fingerprints === undefined
      ? `Cannot tell whether the keys fit the data of project ${projectName}: this host has no fingerprint of its keys.`
      : `The keys fit the data of project ${projectName}.`,
  );
  const missing = GUARDED_KEY_NAMES.filter((name) => keys[name] === undefined);
  if (missing.length > 0) {
    output.note(`Its containers have no ${missing.join(", ")}.`);
  }
  return { projectName, keys };
}
