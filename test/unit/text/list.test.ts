import { expect, it } from "vitest";
import { andMore } from "../../../src/text/list.ts";

it.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a, b"],
  [["a", "b", "c"], "a, b and 1 more"],
  [["a", "b", "c", "d"], "a, b and 2 more"],
])("joins %j to %j, showing two at most", (entries, text) => {
  expect(andMore(entries, 2)).toBe(text);
});
