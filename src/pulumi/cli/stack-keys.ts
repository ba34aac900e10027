/** Keys of a Pulumi stack. */
import { z } from "zod";
import { DeployError } from "../../errors.ts";
import type { SavedKeys } from "../../keys/saved-keys.ts";
import { GUARDED_KEY_NAMES, LAGO_KEYS } from "../../lago/lago-keys.ts";
import { KEYS_TYPE } from "./resource-types.ts";
import { pulumi, type StackOptions } from "./run.ts";
import { loginsIn } from "./stack-login.ts";
import { parseState, readStackState, type StateResource, secretJson } from "./stack-state.ts";

const secretSchema = secretJson.pipe(z.string());
const keysSchema = z.object({
  inputs: z.object({ projectName: z.string() }),
  outputs: z.object(Object.fromEntries(GUARDED_KEY_NAMES.map((name) => [name, secretSchema]))),
});

/**
 * Reads the keys of a stack's deployment from its state, which has them before the first start.
 *
 * @param projectName compose project of the deployment, for a program with several
 * @throws DeployError of kind `CommandFailed`, or of kind `InvalidConfig` when the state holds no keys
 */
export async function readStackKeys(
  options: StackOptions,
  projectName?: string,
): Promise<SavedKeys> {
  const resources = await readStackState(options, true);
  const logins = loginsIn(resources);
  const found = keysResources(resources)
    .map((resource) => parseState(keysSchema, resource))
    .map(({ inputs, outputs }) => ({ projectName: inputs.projectName, keys: outputs }));
  const meant = found.filter((one) => projectName === undefined || one.projectName === projectName);
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) {
    const names = found.map((one) => one.projectName).join(", ");
    const hint = names === "" ? "it deploys no Lago" : `it has those of ${names}; use --project`;
    throw new DeployError(
      "InvalidConfig",
      `Stack ${options.stack} does not have the keys of ${projectName ?? "one deployment"}: ${hint}.`,
    );
  }
  const login = logins.find((one) => one.projectName === only.projectName)?.login;
  return login === undefined ? only : { ...only, login };
}

/** Tells whether a stack's state holds keys. Reads no secret. */
export async function hasStackKeys(options: StackOptions): Promise<boolean> {
  return keysResources(await readStackState(options)).length > 0;
}

function keysResources(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ type }) => type === KEYS_TYPE);
}

/**
 * Writes keys to the secret config of a stack, one by one. Values go by standard input.
 *
 * @throws DeployError of kind `CommandFailed`
 */
export async function writeStackKeys(options: StackOptions, saved: SavedKeys): Promise<void> {
  for (const { name, setting } of LAGO_KEYS) {
    const value = saved.keys[name];
    // An empty one stands for a key that only a container knows.
    if (value) {
      const place = setting.includes(".") ? ["--path", setting] : [setting];
      await pulumi(options, ["config", "set", "--secret", ...place], value);
    }
  }
}
