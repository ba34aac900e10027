/** Options of the command line that give settings of a deployment, as the table of settings has them. */
import { type Command, Option } from "commander";
import { SPEC_NAMES, settingOf } from "../spec/names.ts";
import type { OptionGroup, SettingOption } from "../spec/setting.ts";
import { AUTO } from "../spec/wanted-ports.ts";
import { wholeNumber } from "./numbers.ts";

const PARSERS = { "whole number": wholeNumber, port: portOrAuto } as const;

/** Adds the options of a group, in the order of the table. */
export function withOptions(target: Command, group: OptionGroup): Command {
  for (const name of SPEC_NAMES) {
    const setting = settingOf(name);
    for (const option of setting.options ?? []) {
      if (option.group === group) {
        target.addOption(commandOption(option, setting.default));
      }
    }
  }
  return target;
}

/**
 * The settings that options give, by the name of the setting, as far as they are given.
 *
 * @param options values as commander has them, by the names of their options
 */
export function settingsFrom(options: object): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const name of SPEC_NAMES) {
    for (const option of settingOf(name).options ?? []) {
      const given: unknown = Reflect.get(options, new Option(option.flags).attributeName());
      if (given !== undefined) {
        const value = option.value === "pairs" ? pairsOf(given as readonly string[]) : given;
        const { part } = option;
        settings[name] = part === undefined ? value : { ...(settings[name] ?? {}), [part]: value };
      }
    }
  }
  return settings;
}

/** Values by name, of texts such as `backend=api`. The rules report a name without a value. */
function pairsOf(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = "", ...value] = text.split("=");
      return [name, value.join("=")];
    }),
  );
}

/** Long names of the options of some groups that are given, such as `--api-port`. */
export function givenOptions(options: object, groups: readonly OptionGroup[]): string[] {
  return SPEC_NAMES.flatMap((name) => settingOf(name).options ?? [])
    .filter(({ group }) => groups.includes(group))
    .map(({ flags }) => new Option(flags))
    .filter((option) => Reflect.get(options, option.attributeName()) !== undefined)
    .map((option) => option.long ?? option.flags);
}

function commandOption(
  { flags, description, value, choices }: SettingOption,
  otherwise: string | number | undefined,
): Option {
  const note = otherwise === undefined ? "" : ` (default: ${otherwise})`;
  const option = new Option(flags, `${description}${note}`);
  if (value !== undefined && value !== "pairs") {
    option.argParser(PARSERS[value]);
  }
  return choices === undefined ? option : option.choices(choices);
}

/** `auto` is kept for the deployment, which knows what is free. */
function portOrAuto(text: string): number | typeof AUTO {
  return text === AUTO ? AUTO : wholeNumber(text);
}
