/** Reads and judges the whole config of a stack, so that all its faults are told at once. */

import { type ConfigIssue, invalidConfig, issuesIn } from "../errors.ts";
import { settingsWithin } from "../lago/catalogue/index.ts";
import { LagoConfig, type LagoConfigInput } from "../lago/config/lago-config.ts";
import { tryJson } from "../text/json.ts";
import {
  CONFIG_SETTINGS,
  isStackSetting,
  STACK_SETTINGS,
  type StackSettingName,
  type StackSettings,
} from "./setting-names.ts";
import { parseDeploymentSpec, SPEC_NAMES } from "./spec.ts";
import { type ConfiguredStack, unknownSettings } from "./unknown-names.ts";

const MAX_LOG_TAIL = 1000;

/**
 * Reads the config of a stack. Faults that only files or the Docker engine can tell are left to those who
 * look there.
 *
 * @param texts the values by name, without the program's own in front. May hold secrets.
 * @throws DeployError of kind `InvalidConfig` that names every fault, and never a value
 */
export function readStackSettings(
  texts: ReadonlyMap<string, string>,
  of: ConfiguredStack,
): StackSettings {
  const issues = unknownSettings(texts.keys(), of);
  const values: Record<string, unknown> = {};
  for (const [name, text] of texts) {
    if (isStackSetting(name)) {
      const { value, expected } = valueFrom(name, text);
      values[name] = value;
      issues.push(...(expected === undefined ? [] : [{ field: name, message: expected }]));
    }
  }
  const settings = values as StackSettings;
  issues.push(
    ...issuesIn(() => new LagoConfig(configIn(settings))),
    ...issuesIn(() => settingsWithin("settings.", settings.settings)),
    ...issuesIn(() => parseDeploymentSpec(specIn(settings, of.stack))),
    ...environmentFaults(settings.environment),
  );
  if (issues.length > 0) {
    throw invalidConfig(issues);
  }
  return { ...settings, ...environmentIn(settings) };
}

/** The fields of `LagoConfig` among settings. */
export function configIn(settings: StackSettings): LagoConfigInput {
  return pick(settings, Object.keys(CONFIG_SETTINGS)) as LagoConfigInput;
}

/**
 * The parts of a deployment's spec among settings. The project is named after the stack unless they name
 * it.
 */
export function specIn(settings: StackSettings, stack: string): object {
  return { projectName: `lago-${stack.split("/").at(-1)}`, ...pick(settings, SPEC_NAMES) };
}

function pick(settings: StackSettings, names: readonly string[]): object {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.filter(([name, value]) => value !== undefined && names.includes(name)),
  );
}

function valueFrom(name: StackSettingName, text: string): { value?: unknown; expected?: string } {
  switch (STACK_SETTINGS[name]) {
    case "text":
      return { value: text };
    case "number":
      return numberOf(name, text);
    case "boolean":
      return text === "true" || text === "false"
        ? { value: text === "true" }
        : { expected: "expected true or false" };
    case "object":
      // A text that is no JSON stays a text, which the rule of the setting refuses.
      return { value: tryJson(text) ?? text };
  }
}

function numberOf(name: StackSettingName, text: string): { value?: number; expected?: string } {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (name === "logTail") {
    const isOne = Number.isInteger(value) && value >= 0 && value <= MAX_LOG_TAIL;
    return isOne ? { value } : { expected: `expected a whole number from 0 to ${MAX_LOG_TAIL}` };
  }
  return Number.isFinite(value) ? { value } : { expected: "expected a number" };
}

/** Whether a variable can have a value. Pulumi makes numbers and switches of texts that look like them. */
function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function environmentFaults(environment: unknown): ConfigIssue[] {
  if (environment === undefined) {
    return [];
  }
  if (typeof environment !== "object" || environment === null || Array.isArray(environment)) {
    const message = "expected variables by name such as { NAME: value }";
    return [{ field: "environment", message }];
  }
  return Object.entries(environment)
    .filter(([, value]) => !isScalar(value))
    .map(([name]) => ({ field: `environment.${name}`, message: "expected a text" }));
}

function environmentIn({ environment }: StackSettings): StackSettings {
  if (environment === undefined) {
    return {};
  }
  const texts = Object.entries(environment as object).map(([name, value]) => [name, String(value)]);
  return { environment: Object.fromEntries(texts) };
}
