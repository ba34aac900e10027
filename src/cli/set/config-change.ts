/** Changes of a stack's config, and their effect on its validity. Pure. */
import { type ConfigIssue, issuesIn } from "../../errors.ts";
import { readStackSettings } from "../../spec/stack-settings.ts";
import type { ConfiguredStack } from "../../spec/unknown-names.ts";

/** Values by the name of the setting, as the config of a stack has them. May hold secrets. */
export type ConfigValues = ReadonlyMap<string, unknown>;

/** Place of a value in the config of a stack: names of fields, and places in lists. */
export type ConfigPath = readonly (string | number)[];

/** Value at a path; undefined where there is none. */
export function valueAt(values: ConfigValues, [head, ...below]: ConfigPath): unknown {
  let value = values.get(String(head));
  for (const part of below) {
    const isHeld = typeof value === "object" && value !== null && Object.hasOwn(value, part);
    value = isHeld ? (value as Record<string | number, unknown>)[part] : undefined;
  }
  return value;
}

/** Copy of the values with another one at a path. */
export function withValue(
  values: ConfigValues,
  [head, ...below]: ConfigPath,
  value: unknown,
): ConfigValues {
  const name = String(head);
  return new Map([...values, [name, placed(values.get(name), below, value)]]);
}

function placed(tree: unknown, [head, ...below]: ConfigPath, value: unknown): unknown {
  if (head === undefined) {
    return value;
  }
  if (typeof head === "number") {
    const list: unknown[] = Array.isArray(tree) ? [...tree] : [];
    list[head] = placed(list[head], below, value);
    return list;
  }
  const fields = typeof tree === "object" && !Array.isArray(tree) ? { ...tree } : {};
  const held: unknown = Reflect.get(fields, head);
  // A field of that name would be the prototype.
  Object.defineProperty(fields, head, {
    value: placed(held, below, value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return fields;
}

/** Writes a path as `pulumi config set --path` takes it. */
export function pulumiPath(path: ConfigPath): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") {
        return `[${part}]`;
      }
      const isPlain = /^[A-Za-z_][\w-]*$/.test(part);
      return isPlain ? `${index === 0 ? "" : "."}${part}` : `[${JSON.stringify(part)}]`;
    })
    .join("");
}

/** Finds every fault that a preview would find in the config alone. */
export function configFaults(values: ConfigValues, of: ConfiguredStack): readonly ConfigIssue[] {
  const texts = [...values].map(
    ([name, value]) =>
      [name, typeof value === "string" ? value : (JSON.stringify(value) ?? "")] as const,
  );
  return issuesIn(() => readStackSettings(new Map(texts), of));
}

/**
 * Separates the faults that a change has to do with from those that were there before.
 *
 * @param values the config before the change
 */
export function faultsOfChange(
  values: ConfigValues,
  path: ConfigPath,
  value: unknown,
  of: ConfiguredStack,
): { readonly own: readonly ConfigIssue[]; readonly others: readonly ConfigIssue[] } {
  const after = configFaults(withValue(values, path, value), of);
  const [head = "", ...below] = path.filter((part) => typeof part === "string");
  const field = [head, ...below].join(".");
  const known = new Set(configFaults(values, of).map((issue) => JSON.stringify(issue)));
  // A whole name with a dot, such as `ports.api` beside `ports`, is another setting.
  const isOther = (name: string) => name.includes(".") && values.has(name);
  const isOwn = (issue: ConfigIssue) =>
    !known.has(JSON.stringify(issue)) ||
    (!isOther(issue.field) && (issue.field === field || issue.field.startsWith(`${field}.`)));
  return { own: after.filter(isOwn), others: after.filter((issue) => !isOwn(issue)) };
}
