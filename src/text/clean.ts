/**
 * What a terminal takes for a command (ECMA-48): one with a text of its own, as for titles, links,
 * the clipboard and images; one with parameters; a short one. A text that nothing ends on its line is
 * none: it would hide the lines behind it.
 *
 * Not `stripVTControlCharacters` of `node:util`: that takes lines away with such a text, and needs
 * minutes for a few hundred KiB of texts that nothing ends.
 */
const TERMINAL_SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /(?:\x1b[P\]X^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;

/**
 * Every control character but newline and tab, and what shows as nothing but changes how the rest is
 * shown: marks of direction, zero-width characters, line breaks that are no newline, tags.
 */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** So many characters are cleaned at once: a replacement takes many times the memory of its text. */
const BLOCK_CHARACTERS = 64 * 1024;

/**
 * Text that is safe in a terminal, in JSON and in Pulumi's state, and reads as what it is: no
 * terminal sequences, no control characters but newline and tab, no invisible characters, no lone
 * surrogates.
 */
export function cleanText(text: string): string {
  const blocks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfBlock(text, start);
    const block = text.slice(start, end).replace(TERMINAL_SEQUENCE, "").replace(UNSEEN, "");
    blocks.push(block.toWellFormed());
    start = end;
  }
  return blocks.join("");
}

/** Behind a whole line where there is one, since no sequence goes on over its end. */
function endOfBlock(text: string, start: number): number {
  const end = start + BLOCK_CHARACTERS;
  if (end >= text.length) {
    return text.length;
  }
  const lineEnd = text.lastIndexOf("\n", end - 1) + 1;
  const splitsPair = /^[\ud800-\udbff]/.test(text.charAt(end - 1));
  return lineEnd > start ? lineEnd : splitsPair ? end + 1 : end;
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
