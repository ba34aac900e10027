/** Finds every fault of a deployment's settings at once, with the names that were probably meant. */
import { z } from "zod";
import { type EngineSettings, engineFaults } from "../docker/endpoint-settings.ts";
import { type ConfigIssue, invalidConfig } from "../errors.ts";
import { suggest } from "../lago/catalogue/suggest.ts";
import { settingOf } from "./names.ts";
import { RULES } from "./rules.ts";
import type { SETTINGS, SettingName } from "./settings.ts";

/** Rule of a setting. */
export type RuleOf<Name extends SettingName> = (typeof RULES)[(typeof SETTINGS)[Name]["rule"]];

/**
 * Rules of settings by name, as the shape of a schema. Every setting is optional. The order is that
 * of the table, also in the record of the API.
 */
type Shape<Name extends SettingName> = {
  [K in keyof typeof SETTINGS as Extract<K, Name>]: z.ZodOptional<RuleOf<K>>;
};

/** Makes the shape of a schema from the rules of some settings. */
export function shapeOf<Name extends SettingName>(names: readonly Name[]): Shape<Name> {
  const rules = names.map((name) => [name, RULES[settingOf(name).rule].optional()]);
  return Object.fromEntries(rules) as Shape<Name>;
}

/**
 * Judges options by a schema, including those that choose the engine.
 *
 * @param name name of the options, for a value that is no object
 * @param more finds further faults among options that are valid by themselves
 * @returns the options as parsed by the schema
 * @throws DeployError of kind `InvalidConfig` that names every fault
 */
export function judge<T>(
  name: string,
  schema: z.ZodObject & z.ZodType<T>,
  value: unknown,
  more: (sound: Partial<T>) => readonly ConfigIssue[] = () => [],
): T {
  const { data, error } = schema.safeParse(value);
  const found = error?.issues ?? [];
  const isObject = found.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys");
  const faulty = new Set(found.map(({ path }) => path[0]));
  const entries = isObject ? Object.entries(value as object) : [];
  const sound = Object.fromEntries(entries.filter(([option]) => !faulty.has(option)));
  const issues = [
    ...found.flatMap((issue) => issuesOf(issue, name, schema)),
    ...engineFaults(sound as EngineSettings),
    ...more(sound as Partial<T>),
  ];
  if (data === undefined || issues.length > 0) {
    throw invalidConfig(issues);
  }
  return data;
}

function issuesOf(issue: z.core.$ZodIssue, name: string, schema: z.ZodType): ConfigIssue[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ field: issue.path.join(".") || name, message: issue.message }];
  }
  const group = issue.path.join(".");
  const pathOf = (key: string) => (group === "" ? key : `${group}.${key}`);
  const known = namesIn(schema, issue.path);
  const [noun, nouns] =
    group === "workers" ? ["pool of workers", "pools"] : ["setting", "settings"];
  return issue.keys.map((key) => {
    const meant = suggest(key, known);
    const hint = meant === undefined ? "." : `. Did you mean ${pathOf(meant)}?`;
    // A list of all settings of a deployment would hide the rest.
    const all = group === "" ? "" : ` The ${nouns} are ${known.join(", ")}`;
    return { field: pathOf(key), message: `no such ${noun}${hint}${all}`.replace(/\.$/, "") };
  });
}

/** Lists the names that a schema has at a path. */
function namesIn(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of path) {
    const field = at instanceof z.ZodObject ? at.shape[String(part)] : undefined;
    at = field instanceof z.ZodOptional ? field.unwrap() : field;
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
