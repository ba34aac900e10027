import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpolate } from "../../../src/compose/interpolate.ts";
import { anyText } from "../../support/arbitraries.ts";

const VALUES = { SET: "value", EMPTY: "", DOLLAR: "$SET" };

describe("interpolate", () => {
  it.each([
    ["plain", "plain"],
    ["$SET", "value"],
    ["a${SET}b$SET-c", "avaluebvalue-c"],
    ["$UNSET.${UNSET}", "."],
    ["$$SET $${SET}", "$SET ${SET}"],
    ["${SET:-default}", "value"],
    ["${EMPTY:-default}${EMPTY-default}", "default"],
    ["${UNSET:-default}${UNSET-default}", "defaultdefault"],
    ["${SET:+yes}${EMPTY:+no}${EMPTY+yes}${UNSET+no}", "yesyes"],
    ["${SET:?message}${UNSET:?message}", "value"],
    ["${UNSET:-${SET}}", "value"],
    ["${UNSET:-a${EMPTY:-${SET:-x}}b}", "avalueb"],
    ["${UNSET:-http://localhost:3000}", "http://localhost:3000"],
    ["${DOLLAR}", "$SET"],
    ["100$", "100$"],
    ["${", "${"],
    ["${SET", "${SET"],
    ["${not a name}", "${not a name}"],
    ["${constructor}", ""],
    ["$1", "$1"],
  ])("%j gives %j", (text, expected) => {
    expect(interpolate(text, VALUES)).toBe(expected);
  });

  it("gives values byte for byte", () => {
    fc.assert(
      fc.property(anyText(), (value) => {
        expect(interpolate("a${NAME}b", { NAME: value })).toBe(`a${value}b`);
      }),
    );
  });

  it("ends for any text", () => {
    const piece = fc.constantFrom("$", "{", "}", ":-", "?", "+", "SET", "UNSET", "$$", " ", "${");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(typeof interpolate(pieces.join(""), VALUES)).toBe("string");
      }),
    );
    expect(interpolate("${A:-".repeat(5000), {})).toContain("${A:-");
    expect(interpolate("${A:-".repeat(200) + "}".repeat(200), {})).toContain("${A:-");
  });
});
