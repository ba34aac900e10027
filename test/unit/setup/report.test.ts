import { describe, expect, it } from "vitest";
import { createReport, withoutIdle } from "../../../setup/report.ts";

describe("a report without idle steps", () => {
  it("tells only of steps that had something to do, and every note", () => {
    const lines: string[] = [];
    const report = withoutIdle(createReport((text) => lines.push(text)));
    report.ok("Node is there");
    report.doing("Docker engine: starting it");
    report.detail("it answers");
    report.ok("Docker engine");
    report.ok("images are there");
    report.note("mind this");
    report.ok("a plugin is there");
    expect(lines).toEqual([
      "..  Docker engine: starting it\n",
      "    it answers\n",
      "ok  Docker engine\n",
      "!!  mind this\n",
    ]);
  });
});
