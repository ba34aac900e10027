import { expect, it } from "vitest";
import { splitVariable, variablesOf } from "../../../src/text/variables.ts";

it.each([
  ["NAME=value", ["NAME", "value"]],
  ["NAME=a=b", ["NAME", "a=b"]],
  ["NAME=", ["NAME", ""]],
  ["NAME", ["NAME", undefined]],
])("splits %j at its first equals sign", (line, parts) => {
  expect(splitVariable(line)).toEqual(parts);
});

it("gives a name without a value an empty one", () => {
  expect(variablesOf(["A=1", "B"])).toEqual({ A: "1", B: "" });
});
