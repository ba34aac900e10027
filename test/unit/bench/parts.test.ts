/** What suites deploy, and what they make of what they measure. */
import { describe, expect, it } from "vitest";
import { bootSlowly } from "../../../bench/boot/suite.ts";
import { logDocument, WRITER } from "../../../bench/logs/project.ts";
import { parseOutcome, parseTask } from "../../../bench/probe/task.ts";
import { onlyWhatAnswers } from "../../../bench/stacks/document.ts";
import { STACKS, STACKS_WORK, stacksFor, sums } from "../../../bench/stacks/work.ts";
import { NotDone, resultOf } from "../../../bench/suite.ts";
import { lastWords } from "../../../bench/words.ts";
import { lagoDocument } from "../../../faults/world/compose-file.ts";

describe("a slow Lago", () => {
  it("has an api and a worker that start late, and nothing else changed", () => {
    const document = lagoDocument();
    bootSlowly(document, 20);
    const late = Object.entries(document.services)
      .filter(([, { environment }]) => environment?.LAGO_SANDBOX_BOOT_SECONDS === "20")
      .map(([name]) => name);
    expect(late).toEqual(["api", "api-worker"]);
    for (const name of late) {
      delete document.services[name]?.environment?.LAGO_SANDBOX_BOOT_SECONDS;
    }
    expect(document).toEqual(lagoDocument());
  });
});

describe("many stacks", () => {
  it("have what the api needs, and no service that waits for one that is left out", () => {
    const document = lagoDocument();
    onlyWhatAnswers(document);
    const names = Object.keys(document.services);
    expect(names.sort()).toEqual(["api", "db", "migrate", "redis"]);
    for (const { depends_on: waitsFor } of Object.values(document.services)) {
      expect(names).toEqual(expect.arrayContaining(Object.keys(waitsFor ?? {})));
    }
  });

  it("are as many as the chosen work needs", () => {
    expect(stacksFor(STACKS_WORK.map(({ id }) => id))).toBe(STACKS);
    expect(stacksFor(["start-1", "nothing-5", "start-3"])).toBe(5);
    expect(stacksFor(["first"])).toBe(STACKS);
  });

  it("come to a first and a last one, and to two halves, once all are started", () => {
    const startsMs = Array.from({ length: STACKS }, (_, index) => index + 1);
    expect(sums(startsMs)).toEqual({ first: 2, last: 19, "first-half": 55, "second-half": 155 });
    expect(sums(startsMs.slice(1))).toEqual({});
    const ids = STACKS_WORK.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(sums(startsMs))));
  });
});

describe("a long log", () => {
  it("is kept whole, and no longer looked at once it is written", () => {
    expect(logDocument(1_000)).toMatchObject({
      services: {
        [WRITER]: {
          entrypoint: ["/bin/sh", "-c", expect.stringMatching(/^yes x{399} \| head -c 1000; /)],
          logging: { driver: "json-file" },
          healthcheck: { interval: "1h" },
        },
      },
    });
  });
});

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

describe("what is measured", () => {
  it("may not be done, which is a result; any other failure is one of the benchmark", async () => {
    expect(await resultOf(async () => 5)).toBe(5);
    const fails = (error: Error) => () => Promise.reject(error);
    expect(await resultOf(fails(new NotDone("no such command")))).toBe("no such command");
    await expect(resultOf(fails(new Error("broken")))).rejects.toThrow("broken");
  });
});

describe("what a program said last", () => {
  it("is whole lines, or the end of one that is too long", () => {
    expect(lastWords("Starting\n\nno space left\n")).toBe("Starting\n\nno space left");
    expect(lastWords(`${"x".repeat(190)}\nno space left\n`)).toBe("no space left");
    expect(lastWords(`${"x".repeat(190)}no space left`)).toMatch(/^x{187}no space left$/);
    expect(lastWords("")).toBe("");
  });
});
