import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanText, shorten, tailBytes } from "../../../src/text/clean.ts";
import { anyUtf16 } from "../../support/arbitraries.ts";

describe("cleanText", () => {
  it.each([
    ["colors", "\u001b[1;31mred\u001b[0m alert", "red alert"],
    ["a cursor that moves up to overwrite a line", "ok\n\u001b[1A\u001b[2Kgone", "ok\ngone"],
    ["a window title", "\u001b]0;title\u0007text", "text"],
    ["a hyperlink", "\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\", "text"],
    ["what would go to the clipboard", "\u001b]52;c;cm0gLXJmIC8K\u0007text", "text"],
    ["a picture", "\u001bPq#0;2;0;0;0#0~~@@\u001b\\text", "text"],
    [
      "other texts for the terminal",
      "\u001b_Gi=1;AAAA\u001b\\a\u001b^x\u009cb\u0098x\u0007c",
      "abc",
    ],
    ["a switch of the character set and a reset", "\u001b(0text\u001b(B\u001bc", "text"],
    ["sequences within sequences", "\u001b[\u001b[31m31mred", "31mred"],
    ["marks that turn the text around", "a\u202etxt.exe\u202c\u2066b\u2069\u200f", "atxt.exeb"],
    ["characters that show as nothing", "pay\u200b\u200dpal\ufeff\u00ad\u2060\u{e0041}", "paypal"],
    ["line breaks that are none", "one\u2028two\u2029three\u0085four", "onetwothreefour"],
    ["the one-character form of a sequence", "\u009b31mred", "red"],
    ["a carriage return that hides what came before", "good\rbad\r\n", "goodbad\n"],
    ["bells, backspaces and NUL", "a\u0007b\u0008c\0d", "abcd"],
    ["half a character", "a\ud800b\udc00", "a\ufffdb\ufffd"],
  ])("takes out %s", (_, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it.each(["", "plain", "two\nlines\n", "\tindented", "é 你好 \u{1f600}", "[31m is no sequence"])(
    "leaves %j alone",
    (text) => {
      expect(cleanText(text)).toBe(text);
    },
  );

  it("lets no sequence that nothing ends hide the lines behind it", () => {
    expect(cleanText("\u001b]0;one\nERROR: two\u0007\n\u001bPthree\nfour")).toBe(
      "0;one\nERROR: two\nthree\nfour",
    );
  });

  it.each([
    "\u001b]x",
    "\u001b]x\n",
    "\u001b[",
    "\u001b[;",
    "\u0090",
    "\u009d;",
    "\u001b(",
    "\u202e",
  ])("takes no longer for %j again and again than for other text", (unit) => {
    const startedAt = performance.now();
    expect(cleanText(unit.repeat(100_000))).not.toContain("\u001b");
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it("leaves nothing that a terminal or a protocol could take for more than text", () => {
    fc.assert(
      fc.property(anyUtf16(), (text) => {
        const clean = cleanText(text);
        expect(clean.replace(/[\n\t]/g, "")).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp}/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});

describe("tailBytes", () => {
  it("leaves a text alone that is short enough", () => {
    expect(tailBytes("one\ntwo\n", 8)).toBe("one\ntwo\n");
    expect(tailBytes("", 0)).toBe("");
  });

  it("begins with a whole line where there is one", () => {
    expect(tailBytes("first\nsecond\nthird\n", 12)).toBe("third\n");
    expect(tailBytes("first\nsecond\nthird\n", 13)).toBe("second\nthird\n");
    expect(tailBytes("first\nsecond\nthird\n", 14)).toBe("second\nthird\n");
  });

  it("begins within a line that is longer than the limit", () => {
    expect(tailBytes("0123456789", 4)).toBe("6789");
    expect(tailBytes("0123456789\n", 4)).toBe("789\n");
  });

  it("counts bytes and splits no character", () => {
    expect(tailBytes("ééééé", 5)).toBe("éé");
    expect(tailBytes("\u{1f600}\u{1f600}", 7)).toBe("\u{1f600}");
  });

  it("is always the end of the text, within the limit", () => {
    fc.assert(
      fc.property(anyUtf16(), fc.nat({ max: 80 }), (raw, limit) => {
        const text = cleanText(raw);
        const tail = tailBytes(text, limit);
        expect(text.endsWith(tail)).toBe(true);
        expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe("shorten", () => {
  it("leaves alone what is short enough, to the byte", () => {
    expect(shorten("é".repeat(100), 200)).toBe("é".repeat(100));
  });

  it("keeps whole lines of both ends and says how much is left out", () => {
    const lines = Array.from({ length: 100 }, (_, n) => `line ${n}`);
    const short = shorten(lines.join("\n"), 200);
    expect(short).toMatch(
      /^line 0\nline 1\n(line \d+\n)+\[\d+ bytes left out\]\n(line \d+\n)+line 99$/,
    );
    const kept = short.split("\n").filter((line) => line.startsWith("line"));
    expect(lines).toEqual(expect.arrayContaining(kept));
  });

  it("is never longer than allowed, whatever the text", () => {
    fc.assert(
      fc.property(anyUtf16(), fc.integer({ min: 100, max: 300 }), (text, maxBytes) => {
        const short = shorten(text.toWellFormed().repeat(20), maxBytes);
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(maxBytes);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});
