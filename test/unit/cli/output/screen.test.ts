import { describe, expect, it } from "vitest";
import { isUnicode, screenOf, showsColors } from "../../../../src/cli/output/screen.ts";

const terminal = { isTTY: true, columns: 80, write: () => true };
const file = { write: () => true };

describe("colors", () => {
  it.each([
    ["a terminal", true, {}, true],
    ["a file", false, {}, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["an empty NO_COLOR, which counts as none", true, { NO_COLOR: "" }, true],
    ["FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
    ["an empty FORCE_COLOR", false, { FORCE_COLOR: "" }, true],
    ["FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
    ["FORCE_COLOR above NO_COLOR", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  ])("with %s", (_, isTerminal, environment, expected) => {
    expect(showsColors(isTerminal, environment)).toBe(expected);
  });

  it("stand around a text, and leave it as it is where there are none", () => {
    expect(screenOf(terminal, {}).paint("red", "x")).toBe("\u001b[31mx\u001b[39m");
    expect(screenOf(file, {}).paint("red", "x")).toBe("x");
    expect(screenOf(terminal, { TERM: "dumb" }).paint("red", "x")).toBe("x");
  });
});

describe("characters beyond ASCII", () => {
  it.each([
    ["C.UTF-8", { LANG: "C.UTF-8" }, true],
    ["utf8 in lower case", { LC_ALL: "de_DE.utf8" }, true],
    ["LC_ALL above the others", { LC_ALL: "C", LANG: "en_US.UTF-8" }, false],
    ["an empty LC_ALL, which counts as none", { LC_ALL: "", LANG: "en_US.UTF-8" }, true],
    ["Latin-1", { LANG: "de_DE.ISO-8859-1" }, false],
    ["POSIX", { LANG: "POSIX" }, false],
    ["no locale", {}, false],
  ])("with %s", (_, environment, expected) => {
    expect(isUnicode(environment, "linux")).toBe(expected);
  });

  it("are shown on macOS unless a locale says otherwise", () => {
    expect(isUnicode({}, "darwin")).toBe(true);
    expect(isUnicode({ LANG: "C" }, "darwin")).toBe(false);
  });
});

describe("the width", () => {
  it("is the terminal's at the moment, and none elsewhere", () => {
    const resized = { isTTY: true, columns: 80, write: () => true };
    const screen = screenOf(resized, {});
    resized.columns = 40;
    expect(screen.width()).toBe(40);
    expect(screenOf(file, {}).width()).toBeUndefined();
    expect(screenOf({ ...terminal, columns: 0 }, {}).width()).toBeUndefined();
  });
});
