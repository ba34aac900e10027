/** `set`: changes one setting of a stack. */
import { invalidConfig } from "../../errors.ts";
import { findStack } from "../../pulumi/cli/choose-stack.ts";
import type { CommandContext } from "../command-context.ts";
import { type ConfigPath, faultsOfChange, valueAt } from "../set/config-change.ts";
import {
  groupFault,
  namedSetting,
  type SettingKind,
  unknownSetting,
} from "../set/named-setting.ts";
import { type AskValue, newValue } from "../set/new-value.ts";
import { readConfig, reportChange, requireParts, type SetOptions } from "../set/stack-change.ts";
import { writeSetting } from "../set/write-setting.ts";
import { chosenOf, stacksOf } from "../stack-target.ts";
import { setWords } from "./set-words.ts";

/**
 * Sets a setting of a stack, or adds a value to a list. Checks the value by the rules of the
 * preview before anything is written.
 *
 * @param ask asks for a missing value. Defaults to a question on the terminal, where there is one
 * @throws DeployError of kind `InvalidConfig` for an unknown name or an invalid value, of kind
 *   `CommandFailed` when Pulumi fails, or of kind `Canceled`
 */
export async function setCommand(
  context: CommandContext,
  words: readonly string[],
  options: SetOptions,
  ask?: AskValue,
): Promise<void> {
  const stacks = await stacksOf(context, options);
  const meant = setWords("set", words, options.stack, {
    isStack: (word) => findStack(word, stacks) !== undefined,
    isSetting: (word) => namedSetting(word) !== undefined,
  });
  const setting = namedSetting(meant.name);
  if (setting === undefined) {
    throw invalidConfig([unknownSetting(meant.name)]);
  }
  if (setting.kind === "group") {
    throw invalidConfig([groupFault(setting)]);
  }
  const target = chosenOf(context, { ...options, stack: meant.stack }, stacks);
  const { stack } = target;
  const { name } = meant;
  const text = await newValue(context, { setting, name, stack, argument: meant.value }, ask);
  const { values, of } = await readConfig(target);
  const before = valueAt(values, setting.path);
  const { kind, isSecret } = setting;
  const report = (change: "set" | "added" | "unchanged", sentence: string) =>
    reportChange(
      context.output,
      { stack, name: setting.path.join("."), change },
      sentence,
      others,
      options.json,
    );

  const list = kind === "list" && Array.isArray(before) ? before : [];
  const path: ConfigPath = kind === "list" ? [...setting.path, list.length] : setting.path;
  requireParts(values, path, stack);
  const value = typed(text, kind, path);
  const { own, others } = faultsOfChange(values, path, value, of);
  if (own.length > 0) {
    throw invalidConfig(own);
  }
  if (kind === "list" ? list.includes(value) : before === value && !isSecret) {
    const state = kind === "list" ? `has ${text} already` : `is ${text} already`;
    report("unchanged", `${name} of stack ${stack} ${state}.`);
    return;
  }
  await writeSetting(target, path, value, isSecret);
  if (kind === "list") {
    report("added", `${name} of stack ${stack} has ${text} as well.`);
  } else if (isSecret) {
    report("set", `${name} of stack ${stack} is set, and encrypted in the stack's config.`);
  } else {
    const was = typeof before === "object" || before === undefined ? "" : ` (it was ${before})`;
    report("set", `${name} of stack ${stack} is ${text}${was}.`);
  }
}

/** Value as the config holds it. A text of another form stays a text, and its rule refuses it. */
function typed(text: string, kind: SettingKind, path: ConfigPath): string | number | boolean {
  if (path.length === 1) {
    // Pulumi keeps each value at the top as a text.
    return text;
  }
  if (kind === "number" && /^-?\d+(\.\d+)?$/.test(text)) {
    return Number(text);
  }
  return kind === "boolean" && /^(true|false)$/.test(text) ? text === "true" : text;
}
