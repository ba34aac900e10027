import { describe, expect, it } from "vitest";
import { exitCodeOfStack } from "../../../src/cli/exit-codes.ts";
import type { StackOutcome } from "../../../src/stacks/context.ts";

describe("the exit code of an operation on a stack", () => {
  it.each<[StackOutcome, number]>([
    [{ end: "done" }, 0],
    [{ end: "unanswered" }, 2],
    [{ end: "refused" }, 5],
    [{ end: "refused", kind: "PortTaken" }, 34],
    [{ end: "failed" }, 6],
    [{ end: "failed", kind: "CrashLoop" }, 43],
    [{ end: "canceled", kind: "Canceled" }, 130],
  ])("of %o is %i", (outcome, code) => {
    expect(exitCodeOfStack(outcome)).toBe(code);
  });
});
