import type { RULES } from "./rules.ts";

/** Form of a setting in a stack's config, where objects and lists are JSON. */
export type Form = "text" | "number" | "boolean" | "object";

/** Commands that have an option: of a project, with an engine, with files, that start, that wait. */
export type OptionGroup = "project" | "engine" | "files" | "start" | "lock";

/** How a setting is given on the command line. */
export interface SettingOption {
  readonly group: OptionGroup;
  /** Names and value, as commander writes them. */
  readonly flags: string;
  readonly description: string;
  /** Form of the value. Defaults to a text, or to a list of texts where the flags end in `...>`. */
  readonly value?: "whole number" | "port";
  readonly choices?: readonly string[];
  /** Part of the setting that the option gives, such as `api` of `ports`. Defaults to all of it. */
  readonly part?: string;
}

/** A setting of a deployment. */
export interface Setting {
  /**
   * How far the setting reaches. `deployment`: an option of the library, which a spec carries too.
   * `spec`: carried by a spec, and no option of the library. `stack`: an argument of `LagoStack` only.
   */
  readonly scope: "deployment" | "spec" | "stack";
  /** Name of the rule for the value. */
  readonly rule: keyof typeof RULES;
  /** Form in a stack's config. Left out for a setting that follows from others. */
  readonly form?: Form;
  /** Value where none is given, for a setting with the same one in every deployment. */
  readonly default?: string | number;
  /** Whether the value is a secret, or may have one in it. Defaults to false. */
  readonly secret?: boolean;
  /** Defaults to none. */
  readonly options?: readonly SettingOption[];
}

/** An option of the command line, by what each one has. */
export function option(
  group: OptionGroup,
  flags: string,
  description: string,
  more: Pick<SettingOption, "value" | "choices" | "part"> = {},
): SettingOption {
  return { group, flags, description, ...more };
}
