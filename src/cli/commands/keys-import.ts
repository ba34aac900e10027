import { text as readAll } from "node:stream/consumers";
import { KeyFingerprintStore } from "../../deployment/key-fingerprint-store.ts";
import type { DockerEndpoint, EngineSettings } from "../../docker/endpoint-settings.ts";
import { DeployError } from "../../errors.ts";
import { differences } from "../../keys/key-differences.ts";
import { keysChanged } from "../../keys/message.ts";
import { hasData } from "../../keys/project-volumes.ts";
import { parseKeysText, type SavedKeys } from "../../keys/saved-keys.ts";
import { writeStackKeys } from "../../pulumi/cli/stack-keys.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenEngine } from "../engine-options.ts";
import { readKeyFile } from "../key-file.ts";
import { stackName } from "../stack-options.ts";
import { chosenStack, type StackChoice } from "../stack-target.ts";

/**
 * Stores saved keys as secret config of a stack, after checking that they fit the data.
 *
 * @throws DeployError of kind `InvalidConfig` or `KeysChanged`
 */
export async function importCommand(
  context: CommandContext,
  word: string | undefined,
  options: StackChoice & EngineSettings & { readonly project?: string; readonly input?: string },
): Promise<void> {
  if (options.input === undefined && process.stdin.isTTY) {
    throw new DeployError(
      "InvalidConfig",
      "No keys to import. Name the file with --input, or send it to standard input.",
    );
  }
  const target = await chosenStack(context, { ...options, stack: stackName(word, options.stack) });
  const given = await (options.input === undefined
    ? readAll(process.stdin)
    : readKeyFile(options.input));
  const saved = parseKeysText(given);
  const projectName = options.project ?? saved.projectName;
  await verify(context, projectName, saved, chosenEngine(options));
  await writeStackKeys(target, saved);
  context.output.result(
    `Stack ${target.stack} has ${Object.keys(saved.keys).length} keys, encrypted in its config. The next \`pulumi up\` uses them.`,
  );
}

/**
 * Checks that keys fit the data on this host.
 *
 * @throws DeployError of kind `KeysChanged` when the data was made with other keys
 */
async function verify(
  context: CommandContext,
  projectName: string,
  saved: SavedKeys,
  engine: DockerEndpoint,
): Promise<void> {
  const { output, signal } = context;
  const unverified = (why: string) =>
    output.note(`Cannot tell whether the keys fit the data of project ${projectName}: ${why}.`);
  try {
    const volumes = await new KeyFingerprintStore(projectName, engine, signal).read();
    const { fingerprints } = volumes;
    if (fingerprints === undefined || !hasData(volumes)) {
      unverified("this host has no fingerprint of its keys");
      return;
    }
    const found = await differences(fingerprints, saved.keys);
    if (found.length > 0) {
      throw keysChanged(projectName, found);
    }
    output.note(`The keys fit the data of project ${projectName}.`);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "DaemonUnreachable") {
      unverified("the Docker engine does not answer");
      return;
    }
    if (DeployError.isDeployError(error) && error.kind === "DockerNotAvailable") {
      unverified("there is no docker program");
      return;
    }
    throw error;
  }
}
