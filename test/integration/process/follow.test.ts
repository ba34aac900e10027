import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type FollowOptions, follow } from "../../../src/process/follow.ts";
import { eventually, isAlive } from "../../../testing/processes.ts";

/** Runs JavaScript in a process of its own and follows what it writes. */
function followScript(script: string, options: Partial<FollowOptions> = {}) {
  return follow(process.execPath, ["-e", script], {
    env: { PATH: process.env.PATH ?? "" },
    signal: new AbortController().signal,
    onOutput: () => {},
    ...options,
  });
}

/** Writes its process's id, and goes on until it is ended. */
const ENDLESS = "console.log(process.pid); setInterval(() => console.log('more'), 5)";

/** Follows an endless script until its first output, and tells its process's id. */
async function begun(script: string, options: Partial<FollowOptions> = {}) {
  const ending = new AbortController();
  const pid = Promise.withResolvers<number>();
  const result = followScript(script, {
    signal: ending.signal,
    ...options,
    onOutput: async (chunk) => {
      const text = chunk.toString();
      await options.onOutput?.(chunk);
      pid.resolve(Number.parseInt(text, 10));
    },
  });
  return { ending, pid: await Promise.race([pid.promise, result.then(() => 0)]), result };
}

describe("what is followed", () => {
  it("is handed on as it comes, and ends with its exit code", async () => {
    const chunks: string[] = [];
    const script = "console.log('one'); console.error('why'); process.exitCode = 7";
    const result = await followScript(script, {
      onOutput: (chunk) => {
        chunks.push(chunk.toString());
      },
    });
    expect(result).toEqual({ exitCode: 7, stderr: "why\n" });
    expect(chunks.join("")).toBe("one\n");
  });

  it("ends with its signal, which is no failure", async () => {
    const { ending, pid, result } = await begun(ENDLESS);
    ending.abort();
    expect(await result).toMatchObject({ exitCode: undefined });
    expect(isAlive(pid)).toBe(false);
  });

  it("is not even started when the signal has fired before", async () => {
    const signal = AbortSignal.abort();
    const started = followScript("process.exit(3)", { signal });
    expect(await started).toEqual({ exitCode: undefined, stderr: "" });
  });

  it("ends with its signal although its reader takes nothing any more", async () => {
    const ending = new AbortController();
    let pid = 0;
    const result = followScript(ENDLESS, {
      signal: ending.signal,
      onOutput: (chunk) => {
        pid = Number.parseInt(chunk.toString(), 10);
        return new Promise(() => {});
      },
    });
    await eventually("the script has begun", () => pid !== 0);
    ending.abort();
    await result;
    expect(isAlive(pid)).toBe(false);
  });

  it("ends although it is deaf to the signals it is sent first", async () => {
    const deaf = `process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); ${ENDLESS}`;
    const steps = ["SIGINT", "SIGTERM", "SIGKILL"] as const;
    const endSteps = steps.map((signal) => ({ signal, waitMs: 200 }));
    const { ending, pid, result } = await begun(deaf, { endSteps });
    ending.abort();
    await result;
    expect(isAlive(pid)).toBe(false);
  });

  it("waits for its reader, and is not read ahead", async () => {
    const script = `const line = 'x'.repeat(1000) + '\\n';
      let written = 0;
      const write = () => { while (process.stdout.write(line)) written += 1001; process.stdout.once('drain', write) };
      setInterval(() => process.stderr.write(written + '\\n'), 20).unref();
      write(); setTimeout(() => process.exit(), 600)`;
    let read = 0;
    const { stderr } = await followScript(script, {
      onOutput: async (chunk) => {
        read += chunk.length;
        await delay(100);
      },
    });
    const written = Number(stderr.trim().split("\n").at(-1));
    expect(read).toBeGreaterThan(0);
    // What the pipe and the two streams at its ends hold.
    expect(written).toBeLessThan(2 * 1024 * 1024);
  });

  it("ends when its reader fails, with what that threw", async () => {
    let pid = 0;
    const result = followScript(ENDLESS, {
      onOutput: (chunk) => {
        pid = Number.parseInt(chunk.toString(), 10);
        throw new Error("no room");
      },
    });
    await expect(result).rejects.toThrow("no room");
    expect(isAlive(pid)).toBe(false);
  });
});

describe("what cannot be started", () => {
  it.each([
    ["there is no such program", "no-such-program", {}, "not-found"],
    ["the folder does not exist", "sh", { cwd: "/nowhere" }, "spawn-failed"],
  ])("says so: %s", async (_, program, options, kind) => {
    const result = follow(program, [], {
      env: { PATH: process.env.PATH ?? "" },
      signal: new AbortController().signal,
      onOutput: () => {},
      ...options,
    });
    await expect(result).rejects.toMatchObject({ kind });
  });
});
