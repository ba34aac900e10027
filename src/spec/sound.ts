/** Separates valid settings from invalid ones, so that the valid ones can be judged further. */

import { type ConfigIssue, issuesIn } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { ENGINE_NAMES, isStackSetting, stackSettingOf } from "./names.ts";
import { type DeploymentSpec, parseDeploymentSpec } from "./spec.ts";
import { readStackSettings, type StackSettings } from "./stack-settings.ts";
import type { ConfiguredStack } from "./unknown-names.ts";

type Tree = Readonly<Record<string, unknown>>;

/** A value made of the valid settings alone, and the faults of the others. */
export interface Sound<T> {
  readonly value: T;
  readonly issues: readonly ConfigIssue[];
}

/** Settings whose faults leave open which files are meant, so that nothing else can be judged. */
const OF_FILES: readonly string[] = ["lagoPath", "composeFiles", "profiles"];

/**
 * Calls `make` with settings. If it refuses some of them, calls it again with the others.
 *
 * @param make throws a `DeployError` whose issues name the settings at fault
 * @returns what `make` returns, and the issues of its first call
 * @throws DeployError when `make` refuses to work without any setting
 */
export function makeSound<S extends Tree, T>(settings: S, make: (settings: S) => T): Sound<T> {
  let some = settings;
  let issues: readonly ConfigIssue[] | undefined;
  while (Object.keys(some).length > 0) {
    const made: T[] = [];
    const found = issuesIn(() => made.push(make(some)));
    issues ??= found;
    if (found.length === 0) {
      return { value: made[0] as T, issues };
    }
    // The removed setting may be one that another setting needs, so that the next call finds a new
    // fault.
    const less = withoutFaulty(some, found);
    some = (less === some ? {} : less) as S;
  }
  return { value: make(some), issues: issues ?? [] };
}

/** Reads the valid settings in a stack's config; see {@link readStackSettings}. */
export function soundStackSettings(
  texts: ReadonlyMap<string, string>,
  of: ConfiguredStack,
): Sound<StackSettings> {
  const values = [...texts].map(([name, text]) => {
    const value = isStackSetting(name) && stackSettingOf(name).form === "object" && tryJson(text);
    return [name, isTree(value) ? value : text] as const;
  });
  return makeSound<Tree, StackSettings>(Object.fromEntries(values), (tree) => {
    const entries = Object.entries(tree).map(
      ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
    );
    return readStackSettings(new Map(entries), of);
  });
}

/** Parses the valid fields of a spec; see {@link parseDeploymentSpec}. */
export function soundSpec(spec: DeploymentSpec): Sound<DeploymentSpec> {
  return makeSound<Partial<DeploymentSpec>, DeploymentSpec>(spec, (some) =>
    parseDeploymentSpec({ projectName: "", ...some }),
  );
}

/** Whether faults leave open which files are meant. */
export function leaveFilesOpen(issues: readonly ConfigIssue[]): boolean {
  return issues.some(({ field }) => OF_FILES.includes(groupOf(field)));
}

/** Whether faults leave open which engine is meant. */
export function leaveEngineOpen(issues: readonly ConfigIssue[]): boolean {
  return issues.some(({ field }) => ENGINE_NAMES.some((name) => name === groupOf(field)));
}

/** Returns the setting that a field belongs to, such as `ports` for `ports.api`. */
export function groupOf(field: string): string {
  return field.split(".")[0] ?? "";
}

/** Returns the settings without the invalid ones: the same object if it has none of them. */
function withoutFaulty<T extends Tree>(settings: T, issues: readonly ConfigIssue[]): T {
  return issues.reduce((rest, { field }) => without(rest, field.split(".")), settings);
}

function without<T extends Tree>(tree: T, path: readonly string[]): T {
  const [head = "", ...rest] = path;
  const whole = path.join(".");
  const name = Object.hasOwn(tree, whole) ? whole : head;
  if (!Object.hasOwn(tree, name)) {
    return tree;
  }
  const { [name]: value, ...others } = tree;
  // No entry of a list can be removed alone: the places of the others would change.
  if (name === whole || !isTree(value)) {
    return others as T;
  }
  const less = without(value, rest);
  return { ...others, ...(less === value ? {} : { [name]: less }) } as T;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
