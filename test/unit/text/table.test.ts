import { describe, expect, it } from "vitest";
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

describe("on a screen that is narrow", () => {
  const header = ["SERVICE", "STATUS", "PORTS", "IMAGE"];
  const rows = [
    ["api-worker", "Running", "127.0.0.1:3000->3000", "getlago/api:v1.50.0"],
    ["db", "Stopped", "-", "getlago/postgres-partman:15.0-alpine"],
  ];
  const layout = { givesWay: [3, 2], cut: "…" };
  const widest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

  it("shortens the columns that give way, one after the other", () => {
    const text = table(header, rows, { ...layout, maxWidth: 60 });
    expect(text.split("\n")).toEqual([
      "SERVICE     STATUS   PORTS                 IMAGE",
      "api-worker  Running  127.0.0.1:3000->3000  getlago/api:v1.5…",
      "db          Stopped  -                     getlago/postgres…",
    ]);
    expect(table(header, rows, { ...layout, maxWidth: 44 }).split("\n")[1]).toBe(
      "api-worker  Running  127.0.0.1:30…  getlago…",
    );
  });

  it("leaves them out at last, and what always counts stays", () => {
    expect(table(header, rows, { ...layout, maxWidth: 30 })).toBe(
      table(
        ["SERVICE", "STATUS", "PORTS"],
        rows.map(([service = "", status = ""]) => [
          service,
          status,
          service === "db" ? "-" : "127.0.0…",
        ]),
      ),
    );
    expect(table(header, rows, { ...layout, maxWidth: 20 }).split("\n")[2]).toBe(
      "db          Stopped",
    );
  });

  it("is never wider than the screen", () => {
    for (let maxWidth = 1; maxWidth < 90; maxWidth += 1) {
      expect(widest(table(header, rows, { ...layout, maxWidth }))).toBeLessThanOrEqual(maxWidth);
    }
  });

  it("is as wide as it needs where there is room", () => {
    expect(table(header, rows, { ...layout, maxWidth: 200 })).toBe(table(header, rows));
  });
});

it("colors cells without counting what colors them", () => {
  const paint = (cell: string, row: number, column: number) => `<${row}.${column}${cell}>`;
  expect(table(["A", "LONG"], [["x", "y"]], { paint })).toBe("<-1.0A>  <-1.1LONG>\n<0.0x>  <0.1y>");
});
