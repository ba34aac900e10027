import { spawn } from "node:child_process";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseSoakArguments } from "../../../scripts/soak/arguments.ts";
import { descendantsOf, inodesLocked } from "../../../scripts/soak/measure.ts";
import { eventually, killAll } from "../../support/processes.ts";

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

describe("parseSoakArguments", () => {
  it("has a hundred rounds, and one by Pulumi after each ten, unless told otherwise", () => {
    expect(parseSoakArguments([])).toEqual({ rounds: 100, pulumiEvery: 10, json: undefined });
    const args = ["--rounds", "7", "--pulumi-every=0", "--json", "soak.json"];
    expect(parseSoakArguments(args)).toEqual({ rounds: 7, pulumiEvery: 0, json: "soak.json" });
  });

  it.each([
    [["--rounds", "0"]],
    [["--rounds", "1.5"]],
    [["--pulumi-every", "-1"]],
    [["--fast"]],
    [["5"]],
  ])("refuses %j, and shows what it takes", (args) => {
    expect(() => parseSoakArguments(args)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining("--rounds N") }),
    );
  });
});
