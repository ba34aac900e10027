/**
 * Compose's own rules for `$NAME` and `${NAME…}` in a compose file, as its documentation on
 * interpolation has them. Anything malformed stays as it is: compose itself will refuse it.
 */

type Values = Readonly<Record<string, string | undefined>>;

/** One `$NAME` or `${NAME…}`. */
interface Reference {
  readonly source: string;
  readonly name: string;
  /** Such as `:-`; absent where there is nothing but a name. */
  readonly operator: string | undefined;
  readonly operand: string;
}

/** A braces expression nested deeper than this is no expression. */
const MAX_DEPTH = 20;

/** The text with its variables filled in; unknown ones are empty. */
export function interpolate(text: string, values: Values): string {
  return fillIn(text, values, 0, new Set());
}

/** Names of the variables that {@link interpolate} would leave empty because they are not set. */
export function unsetIn(text: string, values: Values): string[] {
  const unset = new Set<string>();
  fillIn(text, values, 0, unset);
  return [...unset];
}

/**
 * The text with defaults for variables that are not set: with the same values {@link interpolate}
 * makes of it what it would make of the text if the defaults were values too. The text still refers
 * to its variables, but where a default has braces, which no expression can hold.
 */
export function withDefaults(text: string, defaults: Values, values: Values): string {
  const missing = Object.entries(defaults).filter(([name]) => !Object.hasOwn(values, name));
  const escaped = Object.fromEntries(
    missing.map(([name, value = ""]) => [name, escapeDollars(value)]),
  );
  const out = addDefaults(text, escaped, 0);
  const meant = interpolate(text, { ...defaults, ...values });
  return interpolate(out, values) === meant ? out : escapeDollars(meant);
}

function fillIn(text: string, values: Values, depth: number, unset: Set<string>): string {
  const fill = (reference: Reference) =>
    evaluate(reference, values, (operand) => fillIn(operand, values, depth + 1, unset), unset);
  return replaceReferences(text, depth, fill, "$");
}

function addDefaults(text: string, escaped: Values, depth: number): string {
  const inOperand = (operand: string) => addDefaults(operand, escaped, depth + 1);
  const replace = (reference: Reference): string => {
    const { name, operator, operand, source } = reference;
    if (Object.hasOwn(escaped, name)) {
      return `\${${name}-${evaluate(reference, escaped, inOperand, new Set())}}`;
    }
    return operator === undefined ? source : `\${${name}${operator}${inOperand(operand)}}`;
  };
  return replaceReferences(text, depth, replace, "$$");
}

function escapeDollars(value: string): string {
  return value.replaceAll("$", "$$$$");
}

/** @param dollar what `$$`, a dollar sign of the text's own, becomes */
function replaceReferences(
  text: string,
  depth: number,
  replace: (reference: Reference) => string,
  dollar: string,
): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf("$", at);
    if (next === -1) {
      break;
    }
    out += text.slice(at, next);
    const rest = text.slice(next + 1, next + 2);
    if (rest === "$") {
      out += dollar;
      at = next + 2;
      continue;
    }
    const end = rest === "{" ? closingBrace(text, next + 2) : -1;
    if (end !== -1 && depth < MAX_DEPTH) {
      out += expression(text.slice(next + 2, end), replace);
      at = end + 1;
      continue;
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(next + 1, next + 201))?.[0];
    out +=
      name === undefined
        ? "$"
        : replace({ source: `$${name}`, name, operator: undefined, operand: "" });
    at = next + 1 + (name?.length ?? 0);
  }
  return out + text.slice(at);
}

function expression(inner: string, replace: (reference: Reference) => string): string {
  const source = `\${${inner}}`;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([\s\S]*))?$/.exec(inner);
  if (match === null) {
    return source;
  }
  const [, name = "", operator, operand = ""] = match;
  return replace({ source, name, operator, operand });
}

function evaluate(
  { name, operator, operand }: Reference,
  values: Values,
  inOperand: (operand: string) => string,
  unset: Set<string>,
): string {
  const value = Object.hasOwn(values, name) ? (values[name] ?? "") : "";
  const isSet = Object.hasOwn(values, name) && (operator?.startsWith(":") ? value !== "" : true);
  switch (operator?.at(-1)) {
    case "-":
      return isSet ? value : inOperand(operand);
    case "+":
      return isSet ? inOperand(operand) : "";
    default:
      if (!isSet) {
        unset.add(name);
      }
      return value;
  }
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "{" && text[at - 1] === "$") {
      open += 1;
    } else if (text[at] === "}") {
      open -= 1;
      if (open === 0) {
        return at;
      }
    }
  }
  return -1;
}
