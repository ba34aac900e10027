import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import type { DeployNote } from "../../../src/pipeline/deploy-note.ts";
import { bootedAtMs, fateOf, machineIdentity } from "../../../src/pipeline/machine.ts";

const MACHINE = {
  host: "ci-7",
  machineId: "machine",
  bootId: "boot",
  pidNamespace: "pid:[1]",
};
const NOTE: DeployNote = { ...MACHINE, pids: [100, 101], startedAtMs: 1_000_000 };
const gone = () => false;

describe("processes that were noted down", () => {
  it("have ended when none of them is there any more, and are at work while one is", () => {
    expect(fateOf(NOTE, MACHINE, gone)).toBe("ended");
    expect(fateOf(NOTE, MACHINE, (pid) => pid === 101)).toBe("at work");
  });

  it("have ended when the machine was started since, whoever has their numbers now", () => {
    expect(fateOf(NOTE, { ...MACHINE, bootId: "later" }, () => true)).toBe("ended");
  });

  it.each([
    ["another host", { ...MACHINE, host: "ci-8" }],
    ["another machine of that name", { ...MACHINE, machineId: "other" }],
    ["another container", { ...MACHINE, pidNamespace: "pid:[2]" }],
  ])("are not known of on %s", (_, self) => {
    expect(fateOf(NOTE, self, gone)).toBe("unknown");
  });

  it("are found as they are on this machine", () => {
    const here = machineIdentity();
    expect(here?.host).toBe(hostname());
    expect(here && fateOf({ ...here, pids: [process.pid] })).toBe("at work");
    expect(here && fateOf({ ...here, pids: [2 ** 22 + 1] })).toBe("ended");
    expect(bootedAtMs()).toBeLessThan(Date.now());
  });
});
