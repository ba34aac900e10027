import { describe, expect, it } from "vitest";
import { parseOutcome, parseTask } from "../../../../bench/probe/task.ts";

describe("a fresh process", () => {
  const task = { library: "npm", call: "logs", project: "zbl-test-1", service: "pdf", times: 1 };

  it("is told what to do, and tells what it measured", () => {
    expect(parseTask(JSON.stringify(task))).toEqual(task);
    const outcome = { callsMs: [1.5], peakBytes: 1_024, count: 100 };
    expect(parseOutcome(`${JSON.stringify(outcome)}\n`)).toEqual(outcome);
  });

  it("refuses what is no task, and its caller what is no outcome", () => {
    expect(() => parseTask(JSON.stringify({ ...task, times: 0 }))).toThrow("times");
    expect(() => parseTask(JSON.stringify({ ...task, library: "yarn" }))).toThrow("library");
    expect(() => parseOutcome("{}")).toThrow("callsMs");
  });
});
