import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { run } from "../../../src/process/run.ts";

const TIMEOUT_MS = 10_000;

describe("a process that cannot be started", () => {
  const options = { env: { PATH: process.env.PATH ?? "" }, timeoutMs: TIMEOUT_MS };

  it("for want of the program names the program", async () => {
    const failure = run("zbl-test-no-such-program", ["secret-argument"], options);
    await expect(failure).rejects.toMatchObject({
      name: "ProcessFailure",
      kind: "not-found",
      program: "zbl-test-no-such-program",
      message: expect.stringMatching(/zbl-test-no-such-program.*not found/),
    });
    await expect(failure).rejects.not.toThrow("secret-argument");
  });

  it("for want of the folder names the folder, not the program", async () => {
    const failure = run("sh", ["-c", "true"], { ...options, cwd: "/zbl-test-no-such-folder" });
    await expect(failure).rejects.toMatchObject({
      kind: "spawn-failed",
      message: expect.stringContaining("/zbl-test-no-such-folder"),
    });
  });

  it("because it is no program says so", async () => {
    const failure = run(import.meta.filename, [], options);
    await expect(failure).rejects.toMatchObject({
      kind: "spawn-failed",
      message: expect.stringContaining("EACCES"),
    });
  });

  it("because of a NUL character in a value does not show the value", async () => {
    const env = { ...options.env, PASSWORD: "hunter2-hunter2\0" };
    const error = await run("sh", ["-c", "true"], { ...options, env }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: "ProcessFailure", kind: "spawn-failed" });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
  });
});
