/** The picture at the top of the README shows what a terminal showed, and for as long. */
import { describe, expect, it } from "vitest";
import { svgOf, type Written } from "../../../../scripts/docs/terminal-svg.ts";
import { liveText } from "../../../../src/cli/output/live-text.ts";
import { screenOf } from "../../../../src/cli/output/screen.ts";

const SIZE = { columns: 20, rows: 4 };

/** The texts of each frame, line by line; an empty line has none. */
async function framesOf(written: readonly Written[]): Promise<string[][]> {
  const [, ...frames] = (await svgOf(written, SIZE)).split('<g transform="translate(0 ');
  return frames.map((frame) =>
    [...frame.matchAll(/<text .*<\/text>/g)].map(([line]) => line.replace(/<[^>]+>/g, "")),
  );
}

describe("a recording", () => {
  it("has the screens that stood long enough to be read, with what changed meanwhile", async () => {
    const frames = await framesOf([
      { atMs: 0, output: "a" },
      { atMs: 100, output: "b" },
      { atMs: 1_000, output: "c" },
      { atMs: 2_000, output: "\u001b[?25l" },
    ]);
    expect(frames).toEqual([["ab"], ["abc"]]);
  });

  it("has the last lines of what is longer than the terminal", async () => {
    expect(await framesOf([{ atMs: 0, output: "1\r\n2\r\n3\r\n4\r\n5" }])).toEqual([
      ["2", "3", "4", "5"],
    ]);
  });

  it("has signs and sequences whole of which the pieces came one by one", async () => {
    const [sign, sequence] = [Buffer.from("\u2714"), Buffer.from("x\u001b[2Ky")];
    const frames = await framesOf([
      { atMs: 0, output: sign.subarray(0, 1) },
      { atMs: 100, output: sign.subarray(1) },
      { atMs: 1_000, output: sequence.subarray(0, 3) },
      { atMs: 1_100, output: sequence.subarray(3) },
    ]);
    expect(frames).toEqual([["\u2714"], ["y"]]);
  });

  it("shows what the command line makes of a text that changes", async () => {
    const written: Written[] = [];
    const write = (text: string) =>
      written.push({ atMs: written.length * 1_000, output: text.replaceAll("\n", "\r\n") });
    const live = await liveText(screenOf({ isTTY: true, columns: 20, write }, {}));
    live.show("a\nb");
    live.show("a\nB");
    live.above("note");
    live.show("a\nx");
    const frames = await framesOf(written);
    expect(frames[0]).toEqual(["a", "b"]);
    expect(frames.at(-1)).toEqual(["note", "a", "x"]);
  });
});

describe("the picture", () => {
  const picture = svgOf(
    [
      { atMs: 0, output: "\u001b[2m$\u001b[22m \u001b[32m<a> & b\u001b[39m   \u001b[1mc" },
      { atMs: 4_000, output: "\r\nlast" },
    ],
    SIZE,
  );

  it("shows each screen for as long as it stood, and the last one to who wants no motion", async () => {
    expect(await picture).toContain(
      "@keyframes f{0.00%{transform:translateY(0px)}40.00%{transform:translateY(-76px)}",
    );
    expect(await picture).toContain("animation:f 10000ms step-end infinite");
    expect(await picture).toContain(
      "prefers-reduced-motion:reduce){.f{animation:none;transform:translateY(-76px)}",
    );
  });

  it("shows the last screen where nothing moves", async () => {
    expect(await picture).toContain('<g class="f" transform="translate(0 -76)">');
  });

  it("has characters at their places, as they look", async () => {
    expect(await picture).toContain(
      '<tspan x="0.0" class="d">$</tspan><tspan x="16.8" class="c2">&lt;a> &amp; b</tspan><tspan x="100.8" class="b">c</tspan>',
    );
    expect(await picture).toContain(".c2{fill:#7ee787}");
  });

  it("runs nothing", async () => {
    expect(await picture).not.toMatch(/<script|<foreignObject|href/);
  });
});
