/**
 * Compose's rules for `$NAME` and `${NAME…}` in a compose file, as its documentation on
 * interpolation defines them. Malformed expressions stay unchanged: compose itself refuses them.
 */

type Values = Readonly<Record<string, string | undefined>>;

/** Nesting depth beyond which braces are not read as an expression. */
const MAX_DEPTH = 20;

/** Fills in the variables of a text; unknown ones become empty. */
export function interpolate(text: string, values: Values, depth = 0): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf("$", at);
    if (dollar === -1) {
      break;
    }
    out += text.slice(at, dollar);
    const rest = text.slice(dollar + 1, dollar + 2);
    if (rest === "$") {
      out += "$";
      at = dollar + 2;
      continue;
    }
    const end = rest === "{" ? closingBrace(text, dollar + 2) : -1;
    if (end !== -1 && depth < MAX_DEPTH) {
      out += expression(text.slice(dollar + 2, end), values, depth);
      at = end + 1;
      continue;
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(dollar + 1, dollar + 201))?.[0];
    out += name === undefined ? "$" : own(values, name);
    at = dollar + 1 + (name?.length ?? 0);
  }
  return out + text.slice(at);
}

function expression(inner: string, values: Values, depth: number): string {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([\s\S]*))?$/.exec(inner);
  if (match === null) {
    return `\${${inner}}`;
  }
  const [, name = "", operator, operand = ""] = match;
  const value = own(values, name);
  const isSet = Object.hasOwn(values, name) && (operator?.startsWith(":") ? value !== "" : true);
  switch (operator?.at(-1)) {
    case "-":
      return isSet ? value : interpolate(operand, values, depth + 1);
    case "+":
      return isSet ? interpolate(operand, values, depth + 1) : "";
    default:
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

function own(values: Values, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? "") : "";
}
