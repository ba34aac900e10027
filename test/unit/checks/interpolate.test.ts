import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpolate, unsetIn, withDefaults } from "../../../src/checks/interpolate.ts";
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

describe("unsetIn", () => {
  it.each([
    ["plain $$UNSET", []],
    ["$SET${EMPTY}", []],
    ["$UNSET/${UNSET}/${OTHER:?message}", ["UNSET", "OTHER"]],
    ["${UNSET:-default}${UNSET+x}", []],
    ["${EMPTY:?message}", ["EMPTY"]],
    ["${UNSET:-${OTHER}}${SET:-${UNSET}}", ["OTHER"]],
  ])("of %j names %j", (text, expected) => {
    expect(unsetIn(text, VALUES)).toEqual(expected);
  });
});

describe("withDefaults", () => {
  const DEFAULTS = { OWN: "a", COST: "$5", NONE: "", BRACE: "a}b", SET: "not this" };
  it.each([
    ["plain", "plain"],
    ["$OWN ${OWN} ${OWN:-x} ${OWN:?message}", "${OWN-a} ${OWN-a} ${OWN-a} ${OWN-a}"],
    ["${OWN:+yes}${NONE:-no}", "${OWN-yes}${NONE-no}"],
    ["$COST and $$COST", "${COST-$$5} and $$COST"],
    ["${SET} ${SET:-x}", "${SET} ${SET:-x}"],
    ["${UNSET:-${OWN}}$UNSET", "${UNSET:-${OWN-a}}$UNSET"],
    ["${BRACE} $SET", "a}b value"],
    ["${UNSET:-${BRACE}}", "a}b"],
  ])("of %j gives %j", (text, expected) => {
    expect(withDefaults(text, DEFAULTS, VALUES)).toBe(expected);
  });

  it("fills in what it would fill in if the defaults were values", () => {
    const name = fc.constantFrom("A", "B", "C");
    const values = fc.dictionary(name, anyText());
    const piece = fc.constantFrom("$", "{", "}", ":-", "?", "+", "-", "A", "B", "C", "$$", "${");
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, values, values, (before, defaults, given) => {
        const after = withDefaults(before, defaults, given);
        expect(interpolate(after, given)).toBe(interpolate(before, { ...defaults, ...given }));
      }),
    );
  });
});
