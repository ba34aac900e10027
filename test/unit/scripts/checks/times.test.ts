import { describe, expect, it } from "vitest";
import { comparison, stagesIn, timesText } from "../../../../scripts/checks/times.ts";

const file = (name: string, seconds: number) => ({ file: `test/${name}.test.ts`, seconds });
const files = Array.from({ length: 12 }, (_, index) => file(`t${index}`, index));

describe("timesText", () => {
  it("tells the minutes of each check and of all", () => {
    const text = timesText([
      { name: "types", seconds: 30 },
      { name: "unit tests", seconds: 90 },
    ]);
    expect(text).toMatch(/^types +0\.5$/m);
    expect(text).toMatch(/^unit tests +1\.5$/m);
    expect(text).toMatch(/^all +2\.0$/m);
    expect(text).not.toContain("SLOWEST");
  });

  it("names the ten slowest files, the slowest first, whichever check ran them", () => {
    const text = timesText([
      { name: "unit tests", seconds: 1, files: files.slice(0, 6) },
      { name: "end-to-end tests", seconds: 1, files: files.slice(6) },
    ]);
    const named = text.match(/test\/t\d+\.test\.ts/g);
    expect(named).toEqual(
      files
        .slice(2)
        .map(({ file: path }) => path)
        .reverse(),
    );
  });
});

describe("comparison", () => {
  it("has a row for each check of either run, and the sums", () => {
    const before = stagesIn(JSON.stringify([{ name: "types", seconds: 60, files }]));
    expect(comparison(before, [{ name: "e2e", seconds: 90 }])).toBe(
      [
        "| check | minutes before | minutes after |",
        "| --- | ---: | ---: |",
        "| types | 1.0 | – |",
        "| e2e | – | 1.5 |",
        "| **all** | 1.0 | 1.5 |",
      ].join("\n"),
    );
  });

  it("refuses a file that is no report", () => {
    expect(() => stagesIn('{"name":"types"}')).toThrow();
  });
});
