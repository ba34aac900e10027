/** The lease on an engine itself, which keeps runs of other machines out: on a real engine. */
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engineEndpoint } from "../../src/docker/endpoint.ts";
import { DEFAULT_ENGINE, type DockerEndpoint } from "../../src/docker/endpoint-settings.ts";
import { EngineLease } from "../../src/lock/engine-lease.ts";
import { STALE_MS, withEngineLease } from "../../src/lock/with-engine-lease.ts";
import { docker, requireDocker, testName } from "../../testing/docker.ts";
import { errorOf } from "../support/sample.ts";

const projects: string[] = [];
const NOTE = {
  pid: 7,
  host: "zbl-test-runner",
  operation: "up",
  startedAt: "2026-01-01T00:00:00Z",
};

let engine: DockerEndpoint;

beforeAll(async () => {
  await requireDocker();
  // The lock is for engines that settings choose.
  engine = { dockerHost: await engineEndpoint(DEFAULT_ENGINE) };
});

const leasesOf = async (project: string) => {
  const filter = `label=z-billing-lago.lock=${project}`;
  const text = await docker("volume", "ls", "--quiet", "--filter", filter);
  return text.split("\n").filter((line) => line !== "");
};

afterAll(async () => {
  for (const project of projects) {
    const left = await leasesOf(project);
    if (left.length > 0) {
      await docker("volume", "rm", ...left);
    }
  }
});

/** Runs on a project of the test's own. */
function newProject() {
  const project = testName();
  projects.push(project);
  return {
    /** A run that has no lock file in common with any other, as on a machine of its own. */
    run: (work: () => Promise<void>, timeoutSeconds = 60, said: string[] = []) => {
      const onProgress = ({ message }: { readonly message: string }) => said.push(message);
      return withEngineLease(
        { project, engine, operation: "up", timeoutSeconds, onProgress },
        work,
      );
    },
    /** A lease of somebody else. */
    other: () => new EngineLease(project, engine, NOTE),
    leasesThere: () => leasesOf(project),
  };
}

// At the same time, since most of it is waiting.
describe("runs of several machines", { concurrent: true }, () => {
  it("never work at the same time, and all of them get their turn", async () => {
    const { run, leasesThere } = newProject();
    let atWork = 0;
    const seen: number[] = [];
    const work = async () => {
      atWork += 1;
      seen.push(atWork);
      await delay(300);
      atWork -= 1;
    };
    await Promise.all(Array.from({ length: 6 }, () => run(work)));
    expect(seen).toEqual([1, 1, 1, 1, 1, 1]);
    expect(await leasesThere()).toEqual([]);
  });

  it("let go of it when the work fails", async () => {
    const { run, leasesThere } = newProject();
    await expect(run(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    expect(await leasesThere()).toEqual([]);
  });

  it("do not wait for a part of their own work", async () => {
    const { run } = newProject();
    await run(() => run(async () => {}, 0), 0);
  });

  it("are refused, with who is at work, when the wait is over", async () => {
    const { run, other: newLease, leasesThere } = newProject();
    const other = newLease();
    await other.acquire();
    const error = await errorOf(run(async () => {}, 0));
    expect(error.kind).toBe("Locked");
    expect(error.message).toContain("`up` (pid 7 on zbl-test-runner, since 2026-01-01T00:00:00Z)");
    expect(await leasesThere()).toHaveLength(1);
    await other.release();
  });

  it("go on without one that was killed, once its lease is not renewed any more", async () => {
    const { run, other, leasesThere } = newProject();
    await other().acquire();
    const said: string[] = [];
    const startedMs = performance.now();
    await run(async () => {}, 120, said);
    expect(performance.now() - startedMs).toBeGreaterThan(STALE_MS - 1_000);
    expect(said.join("\n")).toContain("waiting up to 120 s for `up` (pid 7 on zbl-test-runner");
    expect(said.join("\n")).toContain("ended without finishing; going on from where it left");
    expect(await leasesThere()).toEqual([]);
  });

  it("are not taken for dead while they are at work, however long", async () => {
    const { run } = newProject();
    let done = false;
    const long = run(async () => {
      await delay(STALE_MS + 8_000);
      done = true;
    });
    await delay(1_000);
    await run(async () => {
      expect(done).toBe(true);
    }, 120);
    await long;
  });
});
