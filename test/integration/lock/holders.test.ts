import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { flock } from "../../../src/lock/file-lock.ts";
import { lockHolders } from "../../../src/lock/holders.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { run } from "../../../src/process/run.ts";

const OWN = { pid: process.pid, program: "node" };

/** Opens one file twice, as two runs would. */
function openTwice(): { first: number; second: number } {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-holders-"));
  const path = join(folder, "a.lock");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { first: openSync(path, "a+"), second: openSync(path, "a+") };
}

/** Starts a process that has a descriptor until the running test is done, and returns its id. */
async function startWith(descriptor: number): Promise<number> {
  const canceler = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const pid = new Promise<string>((told) => {
    running = run("sh", ["-c", "echo $$; exec sleep 20"], {
      env: inheritedEnvironment(),
      inherit: [descriptor],
      timeoutMs: 25_000,
      signal: canceler.signal,
      onLine: told,
    }).catch(() => {});
  });
  onTestFinished(async () => {
    canceler.abort();
    await running;
  });
  return Number(await pid);
}

describe.runIf(process.platform === "linux")("the holders of a lock", () => {
  it("are the processes that have the descriptor that was locked, and no others", async () => {
    const { first, second } = openTwice();
    expect(lockHolders(second)).toEqual([]);
    await flock(first, 0, undefined);
    expect(lockHolders(second)).toEqual([OWN]);

    const heir = await startWith(first);
    const waiting = await startWith(second);
    expect(lockHolders(second).map(({ pid }) => pid)).toEqual(
      [process.pid, heir].sort((a, b) => a - b),
    );
    expect(lockHolders(second).map(({ pid }) => pid)).not.toContain(waiting);

    closeSync(first);
    const [only, ...more] = lockHolders(second);
    expect(only?.pid).toBe(heir);
    // Its program may not have taken the shell's place yet. Its arguments are nobody's business.
    expect(["sh", "sleep"]).toContain(only?.program);
    expect(more).toEqual([]);
    closeSync(second);
  });

  it("are none of a descriptor that is not open", () => {
    expect(lockHolders(999_999)).toEqual([]);
  });
});
