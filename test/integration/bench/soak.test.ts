/** A soak finds processes and locks that were left behind. */
import { spawn } from "node:child_process";
import { describe, expect, it, onTestFinished } from "vitest";
import { descendantsOf, inodesLocked } from "../../../bench/soak/measure.ts";
import { eventually, killAll } from "../../../testing/processes.ts";

describe("descendantsOf", () => {
  it("finds children and their children, until they have ended", async () => {
    const before = descendantsOf(process.pid);
    const child = spawn("sh", ["-c", "sleep 60 & wait"], { stdio: "ignore" });
    child.on("error", () => {});
    onTestFinished(() => killAll(started()));
    const started = () => descendantsOf(process.pid).filter((pid) => !before.includes(pid));
    await eventually("both run", () => started().length === 2);
    expect(started()).toContain(child.pid);
    expect(descendantsOf(child.pid ?? 0)).toHaveLength(1);
    killAll(started());
    await eventually("both have ended", () => started().length === 0);
  });
});

it("finds the inodes of held locks in the kernel's list", () => {
  const list = [
    "1: FLOCK  ADVISORY  WRITE 6975 00:1a:4711 0 EOF",
    "1: -> FLOCK  ADVISORY  WRITE 6980 00:1a:4711 0 EOF",
    "2: POSIX  ADVISORY  READ  812 fd:01:262197 128 128",
    "",
  ];
  expect(inodesLocked(list.join("\n"))).toEqual([4711, 4711, 262197]);
  expect(inodesLocked("")).toEqual([]);
});
