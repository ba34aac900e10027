/** Names of settings, by the place where each setting is given. */

import type { EngineSettings } from "../docker/endpoint-settings.ts";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS, type ConfigFieldName } from "../lago/config/fields.ts";
import type { Form, Setting } from "./setting.ts";
import { type DeploymentSettingName, type NameIn, SETTINGS, type SettingName } from "./settings.ts";

const NAMES = Object.keys(SETTINGS) as readonly SettingName[];

const isIn =
  (...scopes: readonly Setting["scope"][]) =>
  (name: SettingName) =>
    scopes.includes(SETTINGS[name].scope);

/** The setting of that name. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name];
}

/** Options of the library. */
export const DEPLOYMENT_NAMES = NAMES.filter(
  isIn("deployment"),
) as readonly DeploymentSettingName[];

/** Name of a field of a spec. */
export type SpecName = NameIn<"deployment" | "spec">;

/** Fields of a spec, in the order of its JSON. */
export const SPEC_NAMES = NAMES.filter(isIn("deployment", "spec")) as readonly SpecName[];

/** Settings that say which Docker engine is meant. */
export const ENGINE_NAMES = NAMES.filter((name) =>
  settingOf(name).options?.some(({ group }) => group === "engine"),
) as readonly (keyof EngineSettings)[];

/** Name of a setting that people give, and of the argument of a `LagoStack`. */
export type ArgumentName = {
  [K in SettingName]: (typeof SETTINGS)[K] extends { readonly form: Form } ? K : never;
}[SettingName];

/** Arguments of a `LagoStack` but `config`. */
export const ARGUMENT_NAMES = NAMES.filter(
  (name) => settingOf(name).form !== undefined,
) as readonly ArgumentName[];

/**
 * Name of a setting in a stack's config: an argument of a `LagoStack`, or a field of its argument
 * `config`.
 */
export type StackSettingName = ArgumentName | ConfigFieldName;

/** Names of all settings that a stack's config may have. */
export const STACK_SETTING_NAMES: readonly StackSettingName[] = [
  ...ARGUMENT_NAMES,
  ...CONFIG_FIELD_NAMES,
];

/** Whether a stack's config may have a setting of that name. */
export function isStackSetting(name: string): name is StackSettingName {
  return (STACK_SETTING_NAMES as readonly string[]).includes(name);
}

/** Whether a setting is a field of the argument `config`. */
export function isConfigField(name: string): name is ConfigFieldName {
  return Object.hasOwn(CONFIG_FIELDS, name);
}

/** Form of a setting in a stack's config, and whether its value may hold a secret. */
export function stackSettingOf(name: StackSettingName): Pick<Setting, "form" | "secret"> {
  return isConfigField(name) ? CONFIG_FIELDS[name] : SETTINGS[name];
}

/** Picks the values with one of the names, in the order of the names. Leaves out undefined ones. */
export function pick<T extends object, K extends string>(
  values: T,
  names: readonly K[],
): Pick<T, K & keyof T> {
  const entries = names.map((name) => [name, Reflect.get(values, name)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Pick<
    T,
    K & keyof T
  >;
}
