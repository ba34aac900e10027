/**
 * Saved states of destroyed stacks. Destroying keeps Lago's volumes, but the keys of their data are
 * removed with the state: a saved state restores them at the next start. Secrets in the files are
 * encrypted as in the stacks themselves.
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ownFolder } from "../process/own-folder.ts";
import { pulumi, type StackOptions } from "../pulumi/cli/run.ts";
import { parseState, type StackDeployment } from "./state.ts";

type Environment = StackOptions["environment"];

/** Deployments in a saved state. */
export interface SavedState {
  readonly file: string;
  readonly deployments: readonly StackDeployment[];
}

/**
 * Saves a stack's state for {@link findState}.
 *
 * @throws DeployError of kind `CommandFailed` when it cannot be saved; then do not destroy anything
 */
export async function saveState(options: StackOptions): Promise<void> {
  const folder = folderOf(options.environment);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const file = join(folder, `${prefixOf(options.stack)}${time}.json`);
  await pulumi(options, ["stack", "export", "--file", file]);
}

/**
 * Finds the last saved state of a stack with a deployment; undefined without one. A state that was
 * saved between a failed destroy and the next attempt holds no deployment.
 */
export async function findState(
  environment: Environment,
  stack: string,
): Promise<SavedState | undefined> {
  for (const file of (await filesOf(environment, stack)).reverse()) {
    const { deployments } = parseState(await readFile(file, "utf8"));
    if (deployments.length > 0) {
      return { file, deployments };
    }
  }
  return undefined;
}

/**
 * Imports a saved state into the stack.
 *
 * @throws DeployError of kind `CommandFailed`
 */
export async function restoreState(options: StackOptions, { file }: SavedState): Promise<void> {
  await pulumi(options, ["stack", "import", "--file", file]);
}

/** Removes the saved states of a stack, once the stack itself holds the keys of its data. */
export async function forgetStates(environment: Environment, stack: string): Promise<void> {
  for (const file of await filesOf(environment, stack)) {
    await rm(file, { force: true });
  }
}

function folderOf(environment: Environment): string {
  return join(ownFolder(environment), "destroyed");
}

/**
 * Prefix of a stack's files. A stack's name may hold slashes; the colon, which it may not,
 * separates "dev" from "dev-2".
 */
function prefixOf(stack: string): string {
  return `${stack.replaceAll("/", "_")}:`;
}

async function filesOf(environment: Environment, stack: string): Promise<string[]> {
  const names = await readdir(folderOf(environment)).catch(() => []);
  const own = names.filter((name) => name.startsWith(prefixOf(stack)) && name.endsWith(".json"));
  return own.sort().map((name) => join(folderOf(environment), name));
}
