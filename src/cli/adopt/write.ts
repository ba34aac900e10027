/** Writes the config of a stack that takes a deployment over. */
import { join } from "node:path";
import { shortStackName } from "../../lago/config/project-name.ts";
import { withConfigDraft } from "../../pulumi/cli/config-draft.ts";
import type { StackOptions } from "../../pulumi/cli/run.ts";
import { ensureStack } from "../init/create-stack.ts";
import { writeSetting } from "../set/write-setting.ts";
import type { AdoptedSetting } from "./settings.ts";

/**
 * Makes the stack unless it exists, and writes the settings: all of them, or none.
 *
 * @throws DeployError of kind `CommandFailed`, `CommandExecution` or `Canceled`
 */
export async function writeAdoption(
  stack: StackOptions,
  settings: readonly AdoptedSetting[],
): Promise<void> {
  await ensureStack(stack);
  await withConfigDraft(join(stack.folder, configFileOf(stack.stack)), async (configFile) => {
    for (const { path, value, isSecret } of settings) {
      await writeSetting({ ...stack, configFile }, path, value, isSecret);
    }
  });
}

/** Name of the config file of a stack. */
export function configFileOf(stack: string): string {
  return `Pulumi.${shortStackName(stack)}.yaml`;
}
