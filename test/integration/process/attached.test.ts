import { describe, expect, it } from "vitest";
import { runAttached } from "../../../src/process/attached.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";

const node = (script: string, timeoutMs = 10_000) =>
  runAttached(process.execPath, ["-e", script], { env: inheritedEnvironment(), timeoutMs });

describe("runAttached", () => {
  it("returns the exit code", async () => {
    expect(await node("process.exit(0)")).toBe(0);
    expect(await node("process.exit(7)")).toBe(7);
  });

  it("tells the signal that ended the program", async () => {
    expect(await node("process.kill(process.pid, 'SIGKILL')")).toBe(137);
    expect(await node("process.kill(process.pid, 'SIGHUP')")).toBe(129);
  });

  it("gives the program nothing but the environment it is given", async () => {
    process.env.ZBL_TEST_ATTACHED = "leak";
    try {
      expect(await node("process.exit(process.env.ZBL_TEST_ATTACHED ? 1 : 0)")).toBe(0);
    } finally {
      delete process.env.ZBL_TEST_ATTACHED;
    }
  });

  it("passes a signal on, and leaves no listener behind", async () => {
    const before = process.listenerCount("SIGTERM");
    const running = node("setInterval(() => {}, 1e3)");
    process.emit("SIGTERM");
    expect(await running).toBe(143);
    expect(process.listenerCount("SIGTERM")).toBe(before);
  });

  it("ends a program that passes its deadline", async () => {
    await expect(node("setInterval(() => {}, 1e3)", 500)).rejects.toMatchObject({
      kind: "timed-out",
    });
  });

  it("names a program that does not exist", async () => {
    const missing = runAttached("zbl-test-no-such-program", [], { env: {}, timeoutMs: 10_000 });
    await expect(missing).rejects.toMatchObject({ kind: "not-found" });
  });

  it("names a folder that does not exist, and not the program", async () => {
    const options = { cwd: "/zbl-test-no-such-folder", env: inheritedEnvironment() };
    await expect(runAttached(process.execPath, [], options)).rejects.toMatchObject({
      kind: "spawn-failed",
      message: expect.stringContaining("/zbl-test-no-such-folder"),
    });
  });
});
