/** Changes between the inputs of two updates, and whether they replace the resource. */
import { equalValues, isPlainObject, type Properties, type PropertyValue } from "./values.ts";

/** Kind of a change of one property. */
export type ChangeKind = "add" | "delete" | "update";

/** One change, at the most specific path where old and new differ. */
export interface Change {
  /** Path as the engine writes it, for instance `environment.PORT` or `triggers[0]`. */
  readonly path: string;
  /** Name of the input that contains the path. */
  readonly input: string;
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

/**
 * Lists the changes between two sets of inputs.
 *
 * Only a new or removed `triggers` replaces the resource by itself. For a changed element the
 * program's SDK asks the engine to replace, with `replaceOnChanges: ["triggers[*]"]`; reporting a
 * replacement here as well would show in the engine's events.
 */
export function diffInputs(olds: Properties, news: Properties): Change[] {
  const changes: Change[] = [];
  for (const input of namesOf(olds, news)) {
    collect([input], olds[input] ?? null, news[input] ?? null, (path, kind) => {
      const text = pathText(path);
      changes.push({ path: text, input, kind, replaces: text === "triggers" });
    });
  }
  return changes;
}

/** Returns the new inputs, with each ignored input as in the state. */
export function ignoreChanges(
  news: Properties,
  state: Properties,
  ignored: readonly string[],
): Properties {
  const kept = ignored.filter((name) => name in state);
  return { ...news, ...Object.fromEntries(kept.map((name) => [name, state[name] ?? null])) };
}

type Path = readonly (string | number)[];

function collect(
  path: Path,
  before: PropertyValue,
  after: PropertyValue,
  report: (path: Path, kind: ChangeKind) => void,
): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      if (i >= before.length || i >= after.length) {
        report([...path, i], i >= before.length ? "add" : "delete");
      } else {
        collect([...path, i], before[i] ?? null, after[i] ?? null, report);
      }
    }
  } else if (isPlainObject(before) && isPlainObject(after)) {
    for (const name of namesOf(before, after)) {
      collect([...path, name], before[name] ?? null, after[name] ?? null, report);
    }
  } else if (!equalValues(before, after)) {
    report(path, before === null ? "add" : after === null ? "delete" : "update");
  }
}

function namesOf(left: Properties, right: Properties): Set<string> {
  return new Set([...Object.keys(left), ...Object.keys(right)]);
}

/** Formats a path as the engine reads it: names with special characters are quoted. */
function pathText(path: Path): string {
  return path
    .map((part, i) => {
      if (typeof part === "number") {
        return `[${part}]`;
      }
      if (!/^[A-Za-z0-9_]*$/.test(part)) {
        return `["${part.replaceAll('"', '\\"')}"]`;
      }
      return i === 0 ? part : `.${part}`;
    })
    .join("");
}
