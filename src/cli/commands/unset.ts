/** `unset`: removes a setting of a stack, or a value from a list. */
import { invalidConfig } from "../../errors.ts";
import { didYouMean } from "../../lago/catalogue/suggest.ts";
import { findStack } from "../../pulumi/cli/choose-stack.ts";
import { pulumi } from "../../pulumi/cli/run.ts";
import type { CommandContext } from "../command-context.ts";
import {
  type ConfigPath,
  type ConfigValues,
  configFaults,
  pulumiPath,
  valueAt,
} from "../set/config-change.ts";
import { namedSetting, unknownSetting } from "../set/named-setting.ts";
import { readConfig, reportChange, requireParts, type SetOptions } from "../set/stack-change.ts";
import { chosenOf, stacksOf } from "../stack-target.ts";
import { setWords } from "./set-words.ts";

/**
 * Removes a setting from the config of a stack, or a value from a list. Also removes a name that is
 * no setting.
 *
 * @throws DeployError of kind `InvalidConfig` for a name that neither the config nor the settings
 *   have, or of kind `CommandFailed` when Pulumi fails
 */
export async function unsetCommand(
  context: CommandContext,
  words: readonly string[],
  options: SetOptions,
): Promise<void> {
  const stacks = await stacksOf(context, options);
  const { name, value, ...meant } = setWords("unset", words, options.stack, {
    isStack: (word) => findStack(word, stacks) !== undefined,
    isSetting: (word) => namedSetting(word) !== undefined,
  });
  const target = chosenOf(context, { ...options, stack: meant.stack }, stacks);
  const { stack } = target;
  const { values, of } = await readConfig(target);
  const path = placeOf(values, name);
  const held = valueAt(values, path);
  const field = path.join(".");
  const report = (change: "removed" | "unchanged", sentence: string, left: ConfigValues) =>
    reportChange(
      context.output,
      { stack, name: field, change },
      sentence,
      configFaults(left, of),
      options.json,
    );
  if (held === undefined) {
    report("unchanged", `${name} of stack ${stack} is not set.`, values);
    return;
  }
  requireParts(values, path, stack);
  const element = value === undefined ? path : elementOf(path, held, value);
  const gone = withoutEmpty(values, element);
  const place = gone.length === 1 ? [String(gone[0])] : ["--path", pulumiPath(gone)];
  await pulumi(target, ["config", "rm", ...place]);
  const sentence =
    element === path
      ? `${name} of stack ${stack} is removed.`
      : `${name} of stack ${stack} has ${value} no longer.`;
  report("removed", sentence, (await readConfig(target)).values);
}

/**
 * Path of a name: a key of the config as it stands there, else a setting, else a place in the config
 * that is no setting.
 */
function placeOf(values: ConfigValues, name: string): ConfigPath {
  if (values.has(name)) {
    return [name];
  }
  const setting = namedSetting(name);
  if (setting !== undefined) {
    return setting.path;
  }
  const places = [name.split("."), ["settings", ...name.split(".")]];
  const place = places.find((one) => valueAt(values, one) !== undefined);
  if (place === undefined) {
    throw invalidConfig([unknownSetting(name)]);
  }
  return place;
}

/**
 * Path of the outermost value that would be empty without the one at a path. Of `organization`, which
 * needs a name, nothing remains when the name goes.
 */
function withoutEmpty(values: ConfigValues, path: ConfigPath): ConfigPath {
  const parent = path.slice(0, -1);
  const around = parent.length === 0 ? undefined : valueAt(values, parent);
  const isOnly =
    typeof around === "object" &&
    around !== null &&
    !Array.isArray(around) &&
    Object.keys(around).length === 1;
  return isOnly ? withoutEmpty(values, parent) : path;
}

/** Path of the value of a list; of the list itself for its last value. */
function elementOf(path: ConfigPath, held: unknown, value: string): ConfigPath {
  const field = path.join(".");
  if (!Array.isArray(held)) {
    const message = "is not a list, so the command takes no value. Leave the value out";
    throw invalidConfig([{ field, message }]);
  }
  const all = held.map(String);
  const index = all.indexOf(value);
  if (index === -1) {
    const message = `does not have ${value}${didYouMean(value, all) || `. It has ${all.join(", ")}`}`;
    throw invalidConfig([{ field, message }]);
  }
  // Some lists must not be empty.
  return all.length === 1 ? path : [...path, index];
}
