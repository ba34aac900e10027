import { z } from "zod";
import { type ConfigIssue, invalidConfig } from "../../errors.ts";
import { suggestSetting, VARIABLES } from "./catalogue.ts";
import { valueSchema } from "./value-schema.ts";

type Tree = { readonly [key: string]: z.ZodType<string> | Tree };

/** Lago's settings as environment variables. */
export interface SettingsEnvironment {
  /** Values by name of the variable; only variables that were set. */
  readonly variables: Record<string, string>;
}

const SETTINGS = VARIABLES.filter(({ setting, scope }) => setting && scope !== "deployment");

const schema = toSchema(buildTree());

/**
 * Validates settings, grouped as in {@link LagoSettings}, and maps them to Lago's variables. Texts
 * are passed on unchanged, except for an RSA key, which is converted to the only form that Lago
 * reads.
 *
 * @throws DeployError of kind `InvalidConfig` that lists every invalid field, and never a value
 */
export function settingsToEnvironment(settings: unknown): SettingsEnvironment {
  return settingsWithin("", settings);
}

/**
 * Validates and maps settings under a parent field, as {@link settingsToEnvironment} does.
 *
 * @param within beginning of each field's path, such as `settings.`
 * @throws DeployError of kind `InvalidConfig`
 */
export function settingsWithin(within: string, settings: unknown): SettingsEnvironment {
  const parsed = schema.safeParse(settings ?? {});
  if (!parsed.success) {
    throw invalidConfig(parsed.error.issues.flatMap((issue) => issuesOf(within, issue)));
  }
  const variables: Record<string, string> = {};
  for (const { name, setting } of SETTINGS) {
    const value = valueAt(parsed.data, setting ?? "");
    if (value !== undefined) {
      variables[name] = value;
    }
  }
  return { variables };
}

function buildTree(): Tree {
  const root: Record<string, unknown> = {};
  for (const { setting, type } of SETTINGS) {
    const path = (setting ?? "").split(".");
    const last = path.pop() ?? "";
    let group = root;
    for (const part of path) {
      group[part] ??= {};
      group = group[part] as Record<string, unknown>;
    }
    group[last] = valueSchema(type);
  }
  return root as Tree;
}

function toSchema(tree: Tree): z.ZodType<Record<string, unknown>> {
  const fields = Object.entries(tree).map(([key, inner]) => [
    key,
    (inner instanceof z.ZodType ? inner : toSchema(inner)).optional(),
  ]);
  return z.strictObject(Object.fromEntries(fields), {
    error: (issue) => (issue.code === "invalid_type" ? "expected settings by name" : undefined),
  });
}

function issuesOf(within: string, issue: z.core.$ZodIssue): ConfigIssue[] {
  const path = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") {
    return [{ field: path === "" ? "settings" : within + path, message: issue.message }];
  }
  return issue.keys.map((key) => {
    const field = path === "" ? key : `${path}.${key}`;
    const meant = suggestSetting(field, within) || suggestSetting(key, within);
    return { field: within + field, message: `no such setting${meant}` };
  });
}

function valueAt(settings: unknown, path: string): string | undefined {
  let value: unknown = settings;
  for (const part of path.split(".")) {
    value = (value as Record<string, unknown> | undefined)?.[part];
  }
  return value as string | undefined;
}
