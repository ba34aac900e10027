import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  DeployPidRecorder,
  type DeployPids,
  isStaleLockOf,
} from "../../../src/pipeline/deploy-pids.ts";
import {
  machineIdentity,
  processesOfGroup,
  processState,
} from "../../../src/pipeline/processes.ts";
import { run } from "../../../src/process/run.ts";
import type { PulumiLock } from "../../../src/pulumi/cli/stack-lock.ts";
import { eventually } from "../../../testing/standing.ts";

const MACHINE = {
  host: "ci-7",
  machineId: "machine",
  bootId: "boot",
  pidNamespace: "pid:[1]",
};
const RECORDED: DeployPids = { ...MACHINE, pids: [100, 101], startedAtMs: 1_000_000 };

describe("a lock of Pulumi's", () => {
  const lock = (fields: object = {}): PulumiLock => ({
    holder: "root@ci-7",
    process: { host: "ci-7", pid: 101, takenAtMs: 1_001_000, ...fields },
  });
  const left = (one = lock(), state: "exited" | "running" | "unknown" = "exited") =>
    isStaleLockOf(one, { ...RECORDED, bootId: machineIdentity()?.bootId ?? "" }, state);

  it("was left by a deploy that was killed, whose Pulumi it names", () => {
    expect(left()).toBe(true);
    expect(left(lock({ takenAtMs: 999_500 }))).toBe(true);
  });

  it.each([
    ["of another process", lock({ pid: 102 })],
    ["of another host", lock({ host: "ci-8" })],
    ["from before that deploy", lock({ takenAtMs: 900_000 })],
    ["of nobody that the backend names", { holder: "another run" }],
  ])("%s was not", (_, other) => {
    expect(left(other)).toBe(false);
  });

  it.each(["running", "unknown"] as const)("was not while its deploy is %s", (state) => {
    expect(left(lock(), state)).toBe(false);
  });

  it("from before a start of the machine was; one from after it is another's", () => {
    expect(isStaleLockOf(lock(), RECORDED, "exited", 2_000_000)).toBe(true);
    expect(isStaleLockOf(lock(), RECORDED, "exited", 1_000_500)).toBe(false);
  });
});

describe("the record of who is at work", () => {
  it("names a launcher, and the Pulumi that it starts", async () => {
    const written: DeployPids[] = [];
    const recorder = new DeployPidRecorder((pids) => written.push(pids));
    const stop = new AbortController();
    let group = 0;
    // A copy by that name is what the system calls the process.
    const script = 'cp "$(command -v sleep)" "$0/pulumi"; "$0/pulumi" 30; true';
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-record-"));
    const launcher = run("sh", ["-c", script, folder], {
      env: { PATH: process.env.PATH ?? "" },
      timeoutMs: 20_000,
      signal: stop.signal,
      onStart: (pid) => {
        group = pid;
        recorder.start(pid);
      },
    });
    await eventually(
      async () => written.at(-1)?.pids.length,
      (count) => count === 2,
      10_000,
    );
    recorder.stop();
    expect(written.at(-1)?.pids).toEqual([group, ...processesOfGroup(group, "pulumi")]);
    expect(processState(written.at(-1) as DeployPids)).toBe("running");
    stop.abort();
    await expect(launcher).rejects.toThrow("canceled");
    expect(processState(written.at(-1) as DeployPids)).toBe("exited");
    rmSync(folder, { recursive: true });
  });
});
