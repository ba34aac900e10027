import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { alone } from "../../../../sandbox/images/lock.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { run } from "../../../../src/process/run.ts";

const LOCK_MODULE = new URL("../../../../sandbox/images/lock.ts", import.meta.url).href;

describe.runIf(process.platform === "linux")("alone", () => {
  it("lets one work at a time and tells the others once that they wait", async () => {
    const name = randomUUID();
    let [working, most, waits] = [0, 0, 0];
    const work = () =>
      alone(
        name,
        () => {
          waits += 1;
        },
        async () => {
          working += 1;
          most = Math.max(most, working);
          await new Promise((resolve) => setImmediate(resolve));
          working -= 1;
          return most;
        },
      );
    expect(await Promise.all([work(), work(), work()])).toEqual([1, 1, 1]);
    expect(waits).toBe(2);
  });

  it("lets go when the work fails", async () => {
    const name = randomUUID();
    const fail = () => Promise.reject(new Error("the work failed"));
    await expect(alone(name, () => {}, fail)).rejects.toThrow("the work failed");
    let waited = false;
    const wait = () => {
      waited = true;
    };
    expect(await alone(name, wait, async () => "done")).toBe("done");
    expect(waited).toBe(false);
  });

  it("does not wait for a process that was killed while it worked", async () => {
    const name = randomUUID();
    const script = `
      const { alone } = await import(${JSON.stringify(LOCK_MODULE)});
      await alone(${JSON.stringify(name)}, () => {}, () => {
        console.log("working");
        return new Promise(() => setInterval(() => {}, 1000));
      });`;
    const killer = new AbortController();
    let waited = false;
    let holder: Promise<unknown> = Promise.resolve();
    await new Promise<void>((working) => {
      holder = run(process.execPath, ["--input-type=module", "--eval", script], {
        env: inheritedEnvironment(),
        timeoutMs: 20_000,
        signal: killer.signal,
        onLine: () => working(),
      });
      holder.catch(() => {});
    });
    const onWait = () => {
      waited = true;
      killer.abort();
    };
    expect(await alone(name, onWait, async () => "done")).toBe("done");
    await expect(holder).rejects.toThrow("canceled");
    expect(waited).toBe(true);
  });

  it("gives up waiting when it is told to", async () => {
    const name = randomUUID();
    const waiting = new AbortController();
    let finish = () => {};
    const holder = alone(
      name,
      () => {},
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const onWait = () => setImmediate(() => waiting.abort(new Error("told to stop")));
    const work = async () => "done";
    await expect(alone(name, onWait, work, waiting.signal)).rejects.toThrow("told to stop");
    finish();
    await holder;
  });
});
