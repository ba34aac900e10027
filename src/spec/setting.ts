import type { RULES } from "./rules.ts";

/** Form of a setting in a stack's config, where objects and lists are JSON. */
export type Form = "text" | "number" | "boolean" | "object";

/**
 * Groups of options, by the commands that have them: commands on a project, with an engine, with
 * files, that start, that wait.
 */
export type OptionGroup = "project" | "engine" | "files" | "start" | "lock";

/** An option of the command line for a setting. */
export interface SettingOption {
  readonly group: OptionGroup;
  /** Names and value, as commander writes them. */
  readonly flags: string;
  readonly description: string;
  /**
   * Form of the value; `pairs` for texts such as `NAME=VALUE`. Defaults to a text, or to a list of
   * texts where the flags end in `...>`.
   */
  readonly value?: "whole number" | "port" | "pairs";
  readonly choices?: readonly string[];
  /** Part of the setting that the option gives, such as `api` of `ports`. Defaults to all of it. */
  readonly part?: string;
}

/** A setting of a deployment. */
export interface Setting {
  /**
   * Reach of the setting. `deployment`: an option of the library, and a field of a spec. `spec`: a
   * field of a spec only. `stack`: an argument of `LagoStack` only.
   */
  readonly scope: "deployment" | "spec" | "stack";
  /** Name of the rule for the value. */
  readonly rule: keyof typeof RULES;
  /** Form in a stack's config. Left out for a setting that follows from others. */
  readonly form?: Form;
  /** Default value, for a setting whose default is the same in every deployment. */
  readonly default?: string | number;
  /** Whether the value is a secret, or may contain one. Defaults to false. */
  readonly secret?: boolean;
  /** Options of the command line. Defaults to none. */
  readonly options?: readonly SettingOption[];
}

/** Makes an option of the command line. */
export function option(
  group: OptionGroup,
  flags: string,
  description: string,
  more: Pick<SettingOption, "value" | "choices" | "part"> = {},
): SettingOption {
  return { group, flags, description, ...more };
}
