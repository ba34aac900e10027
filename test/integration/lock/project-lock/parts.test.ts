import { closeSync, openSync, renameSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { flock } from "../../../../src/lock/file-lock.ts";
import { eventually } from "../../../../testing/processes.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { beginRun, lockPathOf, openDescriptors } from "../../../support/locks.ts";
import { errorOf } from "../../../support/sample.ts";
import { useProject } from "./operation.ts";

const { name, operation } = useProject();

describe.runIf(process.platform === "linux")("a part of an operation", () => {
  it("has its lock, whatever comes before it and beside it", async () => {
    const nested = operation({ operation: "start", timeoutSeconds: 0 });
    const { run } = operation({}, async () => {
      await delay(5);
      const both = await Promise.all([nested.run(), nested.run()]);
      return both.join();
    });
    expect(await run()).toBe("done,done");
  });

  it("that fails leaves the lock to the rest", async () => {
    const work = vi.fn(async () => "done");
    await operation({}, async () => {
      const failing = operation({ operation: "start" }, () => Promise.reject(new Error("x")));
      await expect(failing.run()).rejects.toThrow("x");
      expect(await othersAreKeptOut()).toBe(true);
      return work();
    }).run();
    expect(work).toHaveBeenCalledOnce();
  });

  it("that nobody waited for has no lock any more when the operation is over", async () => {
    let late: Promise<string> = Promise.resolve("");
    let begin = () => {};
    const { run } = operation({}, async () => {
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      late = begun.then(() => operation({ timeoutSeconds: 0 }).run());
      return "done";
    });
    await run();
    const other = await beginRun(name());
    begin();
    expect((await errorOf(late)).kind).toBe("Locked");
    await other.end();
  });

  /** Asks as another process would, which is not a part of the running operation. */
  async function othersAreKeptOut(): Promise<boolean> {
    const descriptor = openSync(lockPathOf(name()), "r+");
    const { outcome } = await flock(descriptor, 0, undefined);
    closeSync(descriptor);
    return outcome === "held";
  }
});

describe.runIf(process.platform === "linux")("descriptors", () => {
  it("are all closed, however the operation ends", async () => {
    const docker = useFakeDocker();
    const endings: (() => Promise<unknown>)[] = [
      () => operation().run(),
      () => errorOf(operation({ signal: AbortSignal.abort() }).run()),
      () =>
        operation({}, () => Promise.reject(new Error("x")))
          .run()
          .catch(() => {}),
      async () => {
        const other = await beginRun(name());
        await errorOf(operation({ timeoutSeconds: 0 }).run());
        await errorOf(operation({ timeoutSeconds: 0.05 }).run());
        await other.end();
      },
      async () => {
        renameSync(`${docker.path}/flock`, `${docker.path}/away`);
        await operation().run();
        renameSync(`${docker.path}/away`, `${docker.path}/flock`);
      },
    ];
    for (const ending of endings) {
      await ending();
    }
    const before = openDescriptors();
    for (const ending of [...endings, ...endings]) {
      await ending();
    }
    // The pipes of processes that have ended are closed a moment later.
    await eventually("all are closed", () => openDescriptors() <= before);
  });
});
