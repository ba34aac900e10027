import { describe, expect, it } from "vitest";
import { framesOf } from "../../../scripts/recording/frames.ts";
import { unfinished } from "../../../scripts/recording/record.ts";
import { TerminalScreen } from "../../../scripts/recording/screen.ts";
import { svgOf } from "../../../scripts/recording/svg.ts";
import { liveText } from "../../../src/cli/live-text.ts";
import { screenOf } from "../../../src/cli/screen.ts";

/** What stands on a screen after these texts, without how it looks. */
function shown(...texts: string[]): string[] {
  const screen = new TerminalScreen(80);
  for (const text of texts) {
    screen.write(text);
  }
  return screen.lines().map((line) => line.map(({ text }) => text).join(""));
}

describe("a screen", () => {
  it.each([
    ["lines", "one\r\ntwo\r\n", ["one", "two"]],
    ["what is written over", "one\rtwo", ["two"]],
    ["a line that is erased", "one\r\ntwo\u001b[2K\rx", ["one", "x"]],
    ["the end of a line that is erased", "one\u001b[2G\u001b[K", ["o"]],
    ["a line further up", "one\r\ntwo\u001b[1A\u001b[Gx", ["xne", "two"]],
    [
      "a line that is too long, on the next one",
      `${"a".repeat(80)}b\r\nc`,
      ["a".repeat(80), "b", "c"],
    ],
    ["signs beyond ASCII, and what says nothing", "\u001b[?25l✔ ok\u001b[?2026h", ["✔ ok"]],
  ])("shows %s", (_, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("knows how characters look", () => {
    const screen = new TerminalScreen(80);
    screen.write("\u001b[1mb\u001b[22m \u001b[32mg\u001b[39m\u001b[2md\u001b[0m");
    const plain = { colour: undefined, bold: false, dim: false };
    expect(screen.lines()).toEqual([
      [
        { ...plain, bold: true, text: "b" },
        { ...plain, text: " " },
        { ...plain, colour: "green", text: "g" },
        { ...plain, dim: true, text: "d" },
      ],
    ]);
  });

  it("shows what the command line makes of a text that changes", async () => {
    const screen = new TerminalScreen(80);
    const write = (text: string) => screen.write(text.replaceAll("\n", "\r\n"));
    const live = await liveText(screenOf({ isTTY: true, columns: 80, write }, {}));
    live.show("a\nb\nc");
    live.show("a\nB\nc\nd");
    live.above("note");
    live.show("a\nx");
    expect(screen.lines().map((line) => line.map(({ text }) => text).join(""))).toEqual([
      "note",
      "a",
      "x",
    ]);
  });
});

describe("frames", () => {
  it("are what stood long enough to be read, with what changed meanwhile", () => {
    const frames = framesOf(
      [
        { atMs: 0, text: "a" },
        { atMs: 100, text: "b" },
        { atMs: 1_000, text: "c" },
        { atMs: 2_000, text: "\u001b[?25l" },
      ],
      80,
    );
    const texts = frames.map(({ atMs, lines }) => [atMs, lines[0]?.[0]?.text]);
    expect(texts).toEqual([
      [0, "ab"],
      [1_000, "abc"],
    ]);
  });

  it.each([
    ["abc", 0],
    ["abc\u001b", 1],
    ["abc\u001b[2", 3],
    ["abc\u001b[2K", 0],
  ])("wait for the second half of a sequence: %j", (text, expected) => {
    expect(unfinished(text)).toBe(expected);
  });
});

describe("the picture", () => {
  const frames = framesOf(
    [
      { atMs: 0, text: "\u001b[32m<a> & b\u001b[39m" },
      { atMs: 4_000, text: "\r\nlast" },
    ],
    80,
  );
  const svg = svgOf(frames, { columns: 20, rows: 4 });

  it("shows each frame for as long as it stood, and the last one to who wants no motion", () => {
    expect(svg).toContain(
      "@keyframes f{0.00%{transform:translateY(0px)}40.00%{transform:translateY(-76px)}",
    );
    expect(svg).toContain("animation:f 10000ms step-end infinite");
    expect(svg).toContain(
      "prefers-reduced-motion:reduce){.f{animation:none;transform:translateY(-76px)}",
    );
  });

  it("quotes what stands in it, and runs nothing", () => {
    expect(svg).toContain('class="green">&lt;a&gt; &amp; b</tspan>');
    expect(svg).not.toMatch(/<script|<foreignObject|href/);
  });
});
