/** Names that are no settings, with the names that were probably meant. */

import type { ConfigIssue } from "../errors.ts";
import { suggestSetting } from "../lago/catalogue/index.ts";
import { didYouMean } from "../lago/catalogue/suggest.ts";
import { zbl } from "../text/zbl.ts";
import { ARGUMENT_NAMES, isConfigField, isStackSetting, STACK_SETTING_NAMES } from "./names.ts";

/** The stack that a config belongs to. */
export interface ConfiguredStack {
  /** Name of the Pulumi program, which comes before the names in its config. */
  readonly program: string;
  readonly stack: string;
}

/** Faults of the names in a stack's config, each with the command that removes it. */
export function unknownSettings(
  names: Iterable<string>,
  { program, stack }: ConfiguredStack,
): ConfigIssue[] {
  return [...names]
    .filter((name) => !isStackSetting(name))
    .map((field) => {
      const [group = ""] = field.split(".");
      const meant = isStackSetting(group)
        ? `: a part of a setting is set by \`${zbl("set", stack, field)}\`.`
        : nearSetting(field) || ".";
      const remove = `To remove it: \`${zbl("unset", stack, field)}\``;
      return { field, message: `is not a setting of ${program}${meant} ${remove}` };
    });
}

/**
 * Faults of the names among the arguments of a `LagoStack`, for programs that no compiler has
 * checked.
 */
export function unknownArguments(args: object): ConfigIssue[] {
  const known: readonly string[] = [...ARGUMENT_NAMES, "config"];
  return Object.entries(args)
    .filter(([name, value]) => value !== undefined && !known.includes(name))
    .map(([field]) => {
      const meant = isConfigField(field)
        ? `. Did you mean config.${field}?`
        : didYouMean(field, known);
      return { field, message: `no such setting${meant}` };
    });
}

/**
 * `. Did you mean settings.mail.from?` for a near miss of a setting of a stack or of Lago, or an
 * empty text.
 */
export function nearSetting(name: string): string {
  return didYouMean(name, STACK_SETTING_NAMES) || suggestSetting(name, "settings.");
}
