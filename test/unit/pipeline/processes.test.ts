import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import type { DeployPids } from "../../../src/pipeline/deploy-pids.ts";
import { bootedAtMs, machineIdentity, processState } from "../../../src/pipeline/processes.ts";

const MACHINE = {
  host: "ci-7",
  machineId: "machine",
  bootId: "boot",
  pidNamespace: "pid:[1]",
};
const RECORDED: DeployPids = { ...MACHINE, pids: [100, 101], startedAtMs: 1_000_000 };
const gone = () => false;

describe("recorded processes", () => {
  it("have exited when none of them exists, and run while one does", () => {
    expect(processState(RECORDED, MACHINE, gone)).toBe("exited");
    expect(processState(RECORDED, MACHINE, (pid) => pid === 101)).toBe("running");
  });

  it("have exited when the machine was started since, whoever has their ids now", () => {
    expect(processState(RECORDED, { ...MACHINE, bootId: "later" }, () => true)).toBe("exited");
  });

  it.each([
    ["another host", { ...MACHINE, host: "ci-8" }],
    ["another machine of that name", { ...MACHINE, machineId: "other" }],
    ["another container", { ...MACHINE, pidNamespace: "pid:[2]" }],
  ])("are unknown on %s", (_, self) => {
    expect(processState(RECORDED, self, gone)).toBe("unknown");
  });

  it("are found on this machine", () => {
    const here = machineIdentity();
    expect(here?.host).toBe(hostname());
    expect(here && processState({ ...here, pids: [process.pid] })).toBe("running");
    expect(here && processState({ ...here, pids: [2 ** 22 + 1] })).toBe("exited");
    expect(bootedAtMs()).toBeLessThan(Date.now());
  });
});
