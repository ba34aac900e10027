import { expect, it } from "vitest";
import { table } from "../../../src/text/table.ts";

it("lays columns out under their headings", () => {
  const text = table(
    ["SERVICE", "STATUS"],
    [
      ["db", "Running"],
      ["api-worker", "Stopped"],
    ],
  );
  expect(text).toBe(
    ["SERVICE     STATUS", "db          Running", "api-worker  Stopped"].join("\n"),
  );
});

it("leaves no space at the end of a line", () => {
  const text = table(["A", "LONG HEADING"], [["x", ""]]);
  expect(text.split("\n").filter((line) => / $/.test(line))).toEqual([]);
});

it("counts a character outside the basic plane as one", () => {
  const [, first, second] = table(
    ["A", "B"],
    [
      ["\u{1f600}", "x"],
      ["a", "y"],
    ],
  ).split("\n");
  expect(first?.split("x")[0]?.length).toBe((second?.split("y")[0]?.length ?? 0) + 1);
});

it("is only the heading when there are no rows", () => {
  expect(table(["A", "B"], [])).toBe("A  B");
});
