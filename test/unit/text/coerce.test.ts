import { expect, it } from "vitest";
import { fieldsOf, listOf, textOf } from "../../../src/text/coerce.ts";

it.each([
  [{ a: 1 }, { a: 1 }],
  [["a"], {}],
  [null, {}],
  ["text", {}],
])("the fields of %j are %j", (value, fields) => {
  expect(fieldsOf(value)).toEqual(fields);
});

it.each([
  [
    ["a", 1],
    ["a", 1],
  ],
  ["a", ["a"]],
  [0, [0]],
  [null, []],
  [undefined, []],
])("%j is the list %j", (value, list) => {
  expect(listOf(value)).toEqual(list);
});

it.each([
  ["a", "a"],
  [8080, "8080"],
  [false, "false"],
  [null, ""],
  [{ a: 1 }, ""],
  [["a"], ""],
])("%j is the text %j", (value, text) => {
  expect(textOf(value)).toBe(text);
});
