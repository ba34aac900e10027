import { describe, expect, it } from "vitest";
import { type Flag, parseFlags } from "../../../src/lock/engine-flag.ts";
import { FlagWatch } from "../../../src/lock/flag-watch.ts";

const NOTE = { pid: 7, host: "runner", operation: "up", startedAt: "2026-01-01T00:00:00.000Z" };
const OWNER = "0b0e7f3a-8d0c-4f5e-9a55-0d6f6a2f1c11";

const flag = (owner: string, beat: number): Flag => ({
  owner,
  beat,
  volume: `${owner}_${beat}`,
  note: NOTE,
});
const owners = (flags: readonly Flag[]) => flags.map(({ owner }) => owner);

describe("a list of flags", () => {
  it("tells who raised each, and how often", () => {
    const volume = `z-billing-lago-lock_lago-dev_${OWNER}_3`;
    const text = `${volume}\t${JSON.stringify(NOTE)}\nlago-dev_data\t\n${volume.replace(/3$/, "4")}\tbroken\n`;
    expect(parseFlags(text)).toEqual([
      { owner: OWNER, beat: 3, volume, note: NOTE },
      { owner: OWNER, beat: 4, volume: volume.replace(/3$/, "4"), note: "unreadable" },
    ]);
    expect(parseFlags("")).toEqual([]);
  });
});

describe("a flag", () => {
  it("is of a run at work as long as it is renewed in time", () => {
    const watch = new FlagWatch(1_000);
    for (let beat = 1; beat < 10; beat += 1) {
      expect(owners(watch.sort([flag("a", beat)], beat * 900).live)).toEqual(["a"]);
    }
  });

  it("is of a run that is gone once it was seen unchanged for long enough", () => {
    const watch = new FlagWatch(1_000);
    expect(owners(watch.sort([flag("a", 1)], 5_000).live)).toEqual(["a"]);
    expect(owners(watch.sort([flag("a", 1)], 5_999).live)).toEqual(["a"]);
    expect(owners(watch.sort([flag("a", 1)], 6_000).stale)).toEqual(["a"]);
  });

  it("that is being renewed is one, of which both volumes are there", () => {
    const watch = new FlagWatch(1_000);
    watch.sort([flag("a", 1)], 0);
    const { live } = watch.sort([flag("a", 2), flag("a", 1)], 999);
    expect(live).toHaveLength(2);
    expect(watch.sort([flag("a", 1), flag("a", 2)], 1_998).stale).toEqual([]);
    expect(watch.sort([flag("a", 1), flag("a", 2)], 1_999).stale).toHaveLength(2);
  });

  it("of one run tells nothing of another's", () => {
    const watch = new FlagWatch(1_000);
    watch.sort([flag("a", 1)], 0);
    const { live, stale } = watch.sort([flag("a", 1), flag("b", 1)], 1_000);
    expect([owners(live), owners(stale)]).toEqual([["b"], ["a"]]);
  });
});
