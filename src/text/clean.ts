import { stripVTControlCharacters } from "node:util";

/** Every control character but newline and tab. */
const CONTROL_CHARACTERS = /(?![\n\t])\p{Cc}/gu;

/**
 * Text that is safe in a terminal, in JSON and in Pulumi's state: no terminal sequences, no control
 * characters but newline and tab, no lone surrogates.
 */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROL_CHARACTERS, "").toWellFormed();
}

/** The last `maxBytes` bytes of `text` as UTF-8, cut at the start of a line where there is one. */
export function tailBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= maxBytes) {
    return text;
  }
  const start = bytes.length - maxBytes;
  const tail = bytes
    .subarray(start)
    .toString("utf8")
    .replace(/^\uFFFD+/, "");
  if (bytes[start - 1] === "\n".charCodeAt(0)) {
    return tail;
  }
  const firstBreak = tail.indexOf("\n");
  return firstBreak === -1 || firstBreak === tail.length - 1 ? tail : tail.slice(firstBreak + 1);
}

/**
 * `text` as it is up to `maxBytes` bytes of UTF-8. Of a longer one lines in the middle are left out,
 * which a line says: what went wrong stands at its start, and what to do next at its end.
 */
export function shorten(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= maxBytes) {
    return text;
  }
  const half = Math.floor((maxBytes - 64) / 2);
  const head = bytes
    .subarray(0, half)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
  const lastBreak = head.lastIndexOf("\n");
  const start = lastBreak === -1 ? head : head.slice(0, lastBreak);
  const end = tailBytes(text, half);
  const leftOut = bytes.length - Buffer.byteLength(start) - Buffer.byteLength(end);
  return `${start}\n[${leftOut} bytes left out]\n${end}`;
}
