import { expect, it } from "vitest";
import { AlignedLogs } from "../../../../src/cli/output/aligned-logs.ts";

it("gives all prefixes one width", () => {
  const lines = [
    "api-1  | one",
    "[lines before these are left out]",
    "pdf-1                | two",
    "db-1   | ",
  ];
  const longer = [...lines, "api-events-worker-1  | three"];
  expect(new AlignedLogs().align(longer)).toEqual([
    "api-1                | one",
    "[lines before these are left out]",
    "pdf-1                | two",
    "db-1                 | ",
    "api-events-worker-1  | three",
  ]);
});

it("keeps the width for lines that come later, and grows with longer names", () => {
  const logs = new AlignedLogs(["api-worker-1"]);
  expect(logs.align(["api-1  | a", "api-1  | b"])).toEqual([
    "api-1         | a",
    "api-1         | b",
  ]);
  expect(logs.align(["api-worker-1  | c", "api-1         | d"])).toEqual([
    "api-worker-1  | c",
    "api-1         | d",
  ]);
  expect(logs.align(["api-events-worker-1  | e", "api-1         | f"])[1]).toBe(
    "api-1                | f",
  );
});

it("leaves lines as they are that have one width already", () => {
  const lines = ["api-1  | a", "api-1  | b"];
  const logs = new AlignedLogs();
  logs.align(lines);
  expect(logs.align(lines)).toEqual(lines);
});
