import { describe, expect, it } from "vitest";
import { ProgressLines } from "../../../src/stacks/progress-lines.ts";

function lines() {
  const shown: string[] = [];
  const progress = new ProgressLines(
    (line) => shown.push(line),
    (line) => line === "known",
  );
  return { shown, progress };
}

describe("lines of progress", () => {
  it("are shown as they come, without those that are known", () => {
    const { shown, progress } = lines();
    progress.take("one\nknown\ntwo");
    expect(shown).toEqual(["one", "two"]);
  });

  it("that are errors are left to the report of the failure", () => {
    const { shown, progress } = lines();
    progress.take("one");
    progress.take("NetworkFailed: pulling failed\nno such host");
    progress.take("something else");
    expect(shown).toEqual(["one"]);
    progress.release(["NetworkFailed: pulling failed\nno such host"]);
    expect(shown).toEqual(["one", "something else"]);
  });

  it("are all shown where no failure follows", () => {
    const { shown, progress } = lines();
    progress.take("Locked: waiting");
    progress.take("two");
    progress.release([]);
    expect(shown).toEqual(["Locked: waiting", "two"]);
  });
});
