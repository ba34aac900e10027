import { describe, expect, it } from "vitest";
import { NotDone, resultOf } from "../../../bench/suite.ts";

describe("what is measured", () => {
  it("may not be done, which is a result; any other failure is one of the benchmark", async () => {
    expect(await resultOf(async () => 5)).toBe(5);
    const fails = (error: Error) => () => Promise.reject(error);
    expect(await resultOf(fails(new NotDone("no such command")))).toBe("no such command");
    await expect(resultOf(fails(new Error("broken")))).rejects.toThrow("broken");
  });
});
