import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasUnknown } from "../../../../src/pulumi/cli/unknown-values.ts";
import { sameJson, toStateJson } from "../../../../src/pulumi/stack/wire.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("toStateJson", () => {
  it("leaves no undefined and nothing that is no JSON", () => {
    const value = { a: undefined, b: [undefined, 1], c: { d: undefined }, e: new Date(0) };
    expect(toStateJson(value)).toStrictEqual({
      b: [null, 1],
      c: {},
      e: "1970-01-01T00:00:00.000Z",
    });
  });

  it("changes no JSON and copies it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const wire = toStateJson(value);
        expect(JSON.stringify(wire)).toBe(JSON.stringify(value));
      }),
    );
    const inner = { a: 1 };
    expect(toStateJson({ inner }).inner).not.toBe(inner);
  });
});

describe("hasUnknown", () => {
  it.each([UNKNOWN, [UNKNOWN], { a: { b: [1, UNKNOWN] } }, { a: `lago-${UNKNOWN}` }])(
    "finds it in %j",
    (value) => {
      expect(hasUnknown(value)).toBe(true);
    },
  );

  it.each([undefined, null, "", "x", { a: 1 }, []])("finds none in %j", (value) => {
    expect(hasUnknown(value)).toBe(false);
  });
});

describe("sameJson", () => {
  it.each([
    [
      { a: 1, b: { c: 2, d: 3 } },
      { b: { d: 3, c: 2 }, a: 1 },
    ],
    [{ a: undefined }, {}],
    [[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
  ])("takes %j and %j for the same", (a, b) => {
    expect(sameJson(a, b)).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: "1" }],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: null }, {}],
    [{}, []],
  ])("tells %j from %j", (a, b) => {
    expect(sameJson(a, b)).toBe(false);
  });
});
