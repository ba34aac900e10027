/** Operations of several machines on one project, on an engine that only has volumes. */
import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, expect, it, vi } from "vitest";
import { DeployError } from "../../../src/errors.ts";
import { EngineLease } from "../../../src/lock/engine-lease.ts";
import { withEngineLease } from "../../../src/lock/with-engine-lease.ts";

/** Labels of the engine's volumes, by name. */
const volumes = new Map<string, Record<string, string>>();
/** Kinds of calls that fail, such as `create`. */
const failing = new Set<string>();

vi.mock("../../../src/docker/engine-api.ts", () => {
  const answer = async (kind: string) => {
    if (failing.has(kind)) {
      throw new DeployError("DaemonUnreachable", "no engine");
    }
  };
  return {
    createVolume: async (_call: object, name: string, labels: Record<string, string>) => {
      await answer("create");
      volumes.set(name, labels);
    },
    removeVolume: async (_call: object, name: string) => {
      await answer("rm");
      volumes.delete(name);
    },
    listVolumes: async () => {
      await answer("ls");
      return [...volumes].map(([Name, Labels]) => ({ Name, Labels }));
    },
  };
});

const OPTIONS = { project: "lago-dev", engine: { dockerHost: "ssh://host" }, operation: "up" };
const NOTE = { pid: 7, host: "runner", operation: "down", startedAt: "2026-01-01T00:00:00Z" };

beforeEach(() => {
  volumes.clear();
  failing.clear();
});

/** Acquires a lease of somebody else. */
async function otherLease(): Promise<EngineLease> {
  const lease = new EngineLease(OPTIONS.project, OPTIONS.engine, NOTE);
  await lease.acquire();
  return lease;
}

it("lets one operation at a time work, and leaves no lease", async () => {
  let atWork = 0;
  const seen: number[] = [];
  const work = async () => {
    atWork += 1;
    seen.push(atWork);
    await delay(20);
    atWork -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withEngineLease(OPTIONS, work)));
  expect(seen).toEqual([1, 1, 1]);
  expect([...volumes]).toEqual([]);
});

it("names its volume and labels as other releases expect", async () => {
  const other = await otherLease();
  await other.renew();
  expect([...volumes]).toEqual([
    [
      `z-billing-lago-lock_lago-dev_${other.owner}_2`,
      { "z-billing-lago.lock": "lago-dev", "z-billing-lago.lock-note": JSON.stringify(NOTE) },
    ],
  ]);
});

it("does not wait for its own lease", async () => {
  const options = { ...OPTIONS, timeoutSeconds: 0 };
  const inner = () => withEngineLease(options, async () => "done");
  expect(await withEngineLease(options, inner)).toBe("done");
});

it("is refused, with who is at work, when the wait is over", async () => {
  const other = await otherLease();
  const work = vi.fn();
  await expect(withEngineLease({ ...OPTIONS, timeoutSeconds: 0 }, work)).rejects.toMatchObject({
    kind: "Locked",
    message: expect.stringMatching(
      /^`up` of project lago-dev was not begun: `down` \(pid 7 on runner, since .*\) is at work on it at ssh:\/\/host\. Nothing/,
    ),
  });
  expect(work).not.toHaveBeenCalled();
  expect(volumes.size).toBe(1);
  await other.release();
  expect(volumes.size).toBe(0);
});

it("says once whom it waits for, and goes on when that has ended", async () => {
  const other = await otherLease();
  const said: string[] = [];
  const onProgress = ({ message }: { readonly message: string }) => said.push(message);
  const waiting = withEngineLease({ ...OPTIONS, onProgress }, async () => "done");
  await vi.waitFor(() => expect(said).toHaveLength(1));
  await other.release();
  expect(await waiting).toBe("done");
  expect(said).toEqual([
    expect.stringMatching(/^project lago-dev: waiting up to 60 s for `down` .* at ssh:\/\/host$/),
  ]);
});

it("ends its wait when it is canceled", async () => {
  await otherLease();
  const canceler = new AbortController();
  const work = vi.fn();
  const onProgress = () => canceler.abort();
  const options = { ...OPTIONS, signal: canceler.signal, onProgress };
  await expect(withEngineLease(options, work)).rejects.toMatchObject({
    kind: "Canceled",
    message: "Waiting for the lock of project lago-dev was canceled. Nothing was touched.",
  });
  expect(work).not.toHaveBeenCalled();
  expect(volumes.size).toBe(1);
});

it("warns of a lease that it cannot release, and fails with the error of the work", async () => {
  const said: string[] = [];
  const options = {
    ...OPTIONS,
    onProgress: ({ message }: { readonly message: string }) => said.push(message),
  };
  const work = async () => {
    failing.add("rm");
    throw new Error("work failed");
  };
  await expect(withEngineLease(options, work)).rejects.toThrow("work failed");
  expect(said).toEqual([expect.stringContaining("others wait 45 s for it")]);
});
