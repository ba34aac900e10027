/**
 * Compose's rules for `$NAME`, `${NAME}` and `${NAME:-default}`, in compose files and in `.env`
 * files alike, as compose 2.26 has them.
 */

import { matchAt } from "../text/match-at.ts";

/** Returns the value of a variable; undefined for a variable that is not set. */
export type Lookup = (name: string) => string | undefined;

/** Reactions to the parts of a text that have no value. */
export interface Reactions {
  /** Called for a reference without a default to a variable that is not set. Its text is empty. */
  readonly unset?: (name: string) => void;
  /** Returns the text for the beginning of an expression that compose refuses. */
  readonly malformed: (beginning: string) => string;
  /** Returns the text for `${NAME:?message}` without a value; compose refuses it. */
  readonly required: (name: string, message: string) => string;
}

/** Nesting depth beyond which braces are malformed. Compose itself has no limit. */
const MAX_DEPTH = 100;

// With `u` and `i`, two letters outside ASCII fold to `k` and `s`, as they do for compose.
const NAME = /[a-z_][a-z0-9_]*/iuy;
const OPERATOR = /:?[-+?]/y;

/** Fills in the variables of a text. */
export function substitute(text: string, lookup: Lookup, reactions: Reactions): string {
  return new Substitution(lookup, reactions).text(text, 0);
}

class Substitution {
  readonly #lookup: Lookup;
  readonly #reactions: Reactions;

  constructor(lookup: Lookup, reactions: Reactions) {
    this.#lookup = lookup;
    this.#reactions = reactions;
  }

  text(text: string, depth: number): string {
    const lastBraces = new LastBraces(text);
    let out = "";
    let at = 0;
    for (let dollar = text.indexOf("$"); dollar !== -1; dollar = text.indexOf("$", at)) {
      out += text.slice(at, dollar);
      const next = text[dollar + 1];
      if (next === "$") {
        out += "$";
        at = dollar + 2;
      } else if (next === "{") {
        const last = lastBraces.after(dollar);
        const read = this.#expression(text, dollar, last, depth);
        out += read.text;
        at = read.end;
      } else {
        const name = matchAt(NAME, text, dollar + 1);
        out += name === "" ? "$" : this.#value(name);
        at = dollar + 1 + name.length;
      }
    }
    return out + text.slice(at);
  }

  /** Reads the expression whose `${` is at `dollar`, on a line whose last `}` is at `last`. */
  #expression(text: string, dollar: number, last: number, depth: number) {
    const from = dollar + 2;
    const name = matchAt(NAME, text, from);
    const afterName = from + name.length;
    if (name !== "" && text[afterName] === "}") {
      return { text: this.#value(name), end: afterName + 1 };
    }
    const operator = matchAt(OPERATOR, text, afterName);
    const beginning = afterName + operator.length;
    if (name === "" || operator === "" || last < beginning || depth >= MAX_DEPTH) {
      return { text: this.#reactions.malformed("${"), end: from };
    }
    const end = closingBrace(text, dollar + 1, last);
    const operand = text.slice(beginning, end);
    return { text: this.#operation(name, operator, operand, depth), end: end + 1 };
  }

  #operation(name: string, operator: string, operand: string, depth: number): string {
    // Compose 2.26 fills the operand in even where it is of no use, and refuses it for its faults;
    // later releases fill it in only where they use it.
    const filled = this.text(operand, depth + 1);
    const value = this.#lookup(name);
    const isSet = operator.startsWith(":") ? Boolean(value) : value !== undefined;
    switch (operator.at(-1)) {
      case "-":
        return isSet ? (value ?? "") : filled;
      case "+":
        return isSet ? filled : (value ?? "");
      default:
        return isSet ? (value ?? "") : this.#reactions.required(name, operand);
    }
  }

  #value(name: string): string {
    const value = this.#lookup(name);
    if (value === undefined) {
      this.#reactions.unset?.(name);
    }
    return value ?? "";
  }
}

/** Finds the last `}` of the line of a place; searches each line once. */
class LastBraces {
  readonly #text: string;
  #lineEnd = -1;
  #last = -1;

  constructor(text: string) {
    this.#text = text;
  }

  after(at: number): number {
    if (at > this.#lineEnd) {
      const end = this.#text.indexOf("\n", at);
      this.#lineEnd = end === -1 ? this.#text.length : end;
      this.#last = this.#text.lastIndexOf("}", this.#lineEnd);
    }
    return this.#last;
  }
}

/**
 * Finds the brace that closes the one at `open`. Compose counts every brace, looks over the
 * character behind each opening one, and takes the last brace of the line where the count does not
 * come out even.
 */
function closingBrace(text: string, open: number, last: number): number {
  let depth = 0;
  for (let at = open; at <= last; at += 1) {
    if (text[at] === "{") {
      depth += 1;
      at += 1;
    } else if (text[at] === "}") {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return last;
}
