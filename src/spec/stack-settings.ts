/** Reads and judges the whole config of a stack, so that all its faults are reported at once. */
import { z } from "zod";

import { type ConfigIssue, invalidConfig, issuesIn } from "../errors.ts";
import { settingsWithin } from "../lago/catalogue/index.ts";
import { CONFIG_FIELD_NAMES } from "../lago/config/fields.ts";
import { LagoConfig, type LagoConfigInput } from "../lago/config/lago-config.ts";
import { projectNameOfStack } from "../lago/config/project-name.ts";
import { tryJson } from "../text/json.ts";
import {
  ARGUMENT_NAMES,
  type ArgumentName,
  isStackSetting,
  pick,
  SPEC_NAMES,
  type StackSettingName,
  stackSettingOf,
} from "./names.ts";
import { removalIssues } from "./spec.ts";
import { type ConfiguredStack, unknownSettings } from "./unknown-names.ts";
import { judge, type RuleOf, shapeOf } from "./validate.ts";

/** The settings in a stack's config, unchanged. */
export type StackSettings = LagoConfigInput & {
  readonly [K in ArgumentName]?: z.output<RuleOf<K>> | undefined;
};

const schema = z.strictObject(shapeOf(ARGUMENT_NAMES));

/**
 * Reads the config of a stack. Does not check the facts that only files or the Docker engine can
 * tell.
 *
 * @param texts the values by name, without the program's own in front. May hold secrets.
 * @throws DeployError of kind `InvalidConfig` that names every fault, and never a value
 */
export function readStackSettings(
  texts: ReadonlyMap<string, string>,
  of: ConfiguredStack,
): StackSettings {
  const known = [...texts].flatMap(([name, text]) =>
    isStackSetting(name) ? [[name, valueFrom(name, text)] as const] : [],
  );
  const settings = Object.fromEntries(known) as StackSettings;
  const args = { projectName: projectNameOfStack(of.stack), ...pick(settings, ARGUMENT_NAMES) };
  let environment: StackSettings["environment"];
  const issues: ConfigIssue[] = [
    ...unknownSettings(texts.keys(), of),
    ...issuesIn(() => new LagoConfig(configIn(settings))),
    ...issuesIn(() => settingsWithin("settings.", settings.settings)),
    ...issuesIn(() => {
      ({ environment } = judge("config", schema, args, removalIssues));
    }),
  ];
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  return environment === undefined ? settings : { ...settings, environment };
}

/** Picks the fields of `LagoConfig` from settings. */
export function configIn(settings: StackSettings): LagoConfigInput {
  return pick(settings, CONFIG_FIELD_NAMES);
}

/**
 * Picks the fields of a deployment's spec from settings. The project is named after the stack
 * unless the settings name it.
 */
export function specIn(settings: StackSettings, stack: string): object {
  return { projectName: projectNameOfStack(stack), ...pick(settings, SPEC_NAMES) };
}

/** Whether a text is an object or a list of the config, which Pulumi passes on as compact JSON. */
function isObject(text: string): boolean {
  const value = /^[[{]/.test(text) ? tryJson(text) : undefined;
  return value !== undefined && JSON.stringify(value) === text;
}

/**
 * Parses a text. A text of another form is returned unchanged, and the rule of the setting refuses
 * it.
 */
function valueFrom(name: StackSettingName, text: string): unknown {
  switch (stackSettingOf(name).form) {
    case "number":
      return text.trim() === "" ? text : Number(text);
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : text;
    case "object":
      return tryJson(text) ?? text;
    default:
      return isObject(text) ? tryJson(text) : text;
  }
}
