/** Quoted values of a `.env` file. */
import type { Scanner } from "./scanner.ts";

/** Escapes in double quotes. Compose knows `\c` as an escape and leaves it as it is. */
const ESCAPE = /\\(?:[abcfnrtv$"\\]|0[0-9]{0,3})/g;

const CHARACTERS: Readonly<Record<string, string>> = {
  "\\a": "\x07",
  "\\b": "\b",
  "\\f": "\f",
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
  "\\v": "\v",
  '\\"': '"',
  "\\\\": "\\",
  // The variables of the value are filled in later, which makes one dollar sign of two.
  "\\$": "$$",
};

/**
 * Moves past a quoted value and returns the text between its quotes, where a backslash before the
 * quote is gone and every other one is left. Returns undefined without a closing quote.
 */
export function takeQuoted(scanner: Scanner): string | undefined {
  const { text, next: quote } = scanner;
  let value = "";
  let from = scanner.at + 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === quote) {
      scanner.at = at + 1;
      return value + text.slice(from, at);
    }
    if (text[at] === "\\") {
      if (text[at + 1] === quote) {
        value += text.slice(from, at);
        from = at + 1;
      }
      at += 1;
    }
  }
  return undefined;
}

/** Replaces the escapes of a value in double quotes; an unknown one stays as it is. */
export function unescaped(value: string): string {
  return value.replace(ESCAPE, (sequence) =>
    sequence.startsWith("\\0") ? octal(sequence.slice(2)) : (CHARACTERS[sequence] ?? sequence),
  );
}

/** The character of `\0ddd`. Compose drops the zero of one that it cannot read. */
function octal(digits: string): string {
  const code = /^[0-7]{3}$/.test(digits) ? Number.parseInt(digits, 8) : 256;
  return code < 256 ? String.fromCharCode(code) : `\\${digits}`;
}
