/**
 * Terminal escape sequences (ECMA-48): strings (OSC, DCS, …, as for titles, links and the
 * clipboard), CSI with parameters, two-character escapes. A string without a terminator on the same
 * line is not matched: it would swallow the lines after it.
 *
 * `stripVTControlCharacters` of `node:util` does swallow them, and takes minutes for a few hundred
 * KiB of unterminated strings.
 */
const TERMINAL_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for these
  /(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;

/**
 * Control characters other than newline and tab, and invisible characters that change how the rest
 * is shown: direction marks, zero-width characters, line breaks other than newline, tags.
 */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** Characters to clean at once: a replacement takes many times the memory of its text. */
const BLOCK_CHARACTERS = 64 * 1024;

/**
 * Makes text safe for a terminal, for JSON and for Pulumi's state. Removes escape sequences,
 * control characters other than newline and tab, and invisible characters; replaces lone
 * surrogates.
 */
export function cleanText(text: string): string {
  const blocks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfBlock(text, start);
    const block = text.slice(start, end).replace(TERMINAL_SEQUENCE, "").replace(INVISIBLE, "");
    blocks.push(block.toWellFormed());
    start = end;
  }
  return blocks.join("");
}

/** Returns the end of a line where there is one: no escape sequence goes on over it. */
function endOfBlock(text: string, start: number): number {
  const end = start + BLOCK_CHARACTERS;
  if (end >= text.length) {
    return text.length;
  }
  const lineEnd = text.lastIndexOf("\n", end - 1) + 1;
  const splitsPair = /^[\ud800-\udbff]/.test(text.charAt(end - 1));
  return lineEnd > start ? lineEnd : splitsPair ? end + 1 : end;
}

/** Returns the last `maxBytes` bytes of UTF-8, from the start of a line where there is one. */
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
 * Shortens text to `maxBytes` bytes of UTF-8. Lines in the middle are left out, and a line says how
 * many bytes: a message begins with what went wrong and ends with what to do next.
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
