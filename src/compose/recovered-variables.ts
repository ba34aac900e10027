/**
 * Values that variables of compose files had when containers were made. Files change and shells end;
 * the containers tell. Pure. Holds secrets.
 */
import { variablesIn } from "./model.ts";
import { substitute } from "./template.ts";

/** A text of the files with `${VARIABLES}`, and what it became in a container. */
export interface FilledIn {
  readonly template: string;
  readonly text: string;
}

/** A text that no file has, in the place of an unknown value. */
const MARK = "\u0000";

/**
 * Finds the values of variables, one after the other: a template with a single unknown variable tells
 * it. The first template that tells a variable counts.
 *
 * @param likely values to try first: several values may make one text, as the default of the files does
 * @returns values by name; undefined for a variable that had none, so that a default of the files counted
 */
export function recoveredVariables(
  pairs: readonly FilledIn[],
  likely: Readonly<Record<string, string | undefined>> = {},
): ReadonlyMap<string, string | undefined> {
  const known = new Map<string, string | undefined>();
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const pair of pairs) {
      const unknown = variablesIn(pair.template).filter((name) => !known.has(name));
      const [name, ...others] = unknown;
      if (name !== undefined && others.length === 0) {
        const hint = Object.hasOwn(likely, name) ? likely[name] : undefined;
        const found = valueIn(pair, name, known, hint);
        if (found !== undefined) {
          known.set(name, found.value);
        }
      }
    }
  }
  return known;
}

/** Value of the only unknown variable of a template; undefined where the text does not tell. */
function valueIn(
  { template, text }: FilledIn,
  name: string,
  known: ReadonlyMap<string, string | undefined>,
  hint: string | undefined,
): { readonly value: string | undefined } | undefined {
  const fill = (value: string | undefined) =>
    substitute(template, (one) => (one === name ? value : known.get(one)), {
      malformed: (beginning) => beginning,
      required: () => "",
    });
  for (const value of [hint, undefined]) {
    if (fill(value) === text) {
      return { value };
    }
  }
  const [first = "", ...rest] = fill(MARK).split(MARK);
  if (rest.length === 0) {
    return undefined;
  }
  const escaped = [first, ...rest].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = `${escaped[0]}([^]*)${escaped.slice(1).join("\\1")}`;
  const value = new RegExp(`^${pattern}$`).exec(text)?.[1];
  return value !== undefined && value !== "" && fill(value) === text ? { value } : undefined;
}
