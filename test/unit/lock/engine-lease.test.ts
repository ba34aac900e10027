import { describe, expect, it } from "vitest";
import { type Lease, leasesAmong, StaleLeaseDetector } from "../../../src/lock/engine-lease.ts";

const NOTE = { pid: 7, host: "runner", operation: "up", startedAt: "2026-01-01T00:00:00.000Z" };
const OWNER = "0b0e7f3a-8d0c-4f5e-9a55-0d6f6a2f1c11";

const lease = (owner: string, renewals: number): Lease => ({
  owner,
  renewals,
  volume: `${owner}_${renewals}`,
  note: NOTE,
});
const owners = (leases: readonly Lease[]) => leases.map(({ owner }) => owner);

describe("a list of leases", () => {
  it("tells who holds each, and how often it was renewed", () => {
    const volume = `z-billing-lago-lock_lago-dev_${OWNER}_3`;
    const volumes = [
      [volume, JSON.stringify(NOTE)],
      ["lago-dev_data", ""],
      [volume.replace(/3$/, "4"), "broken"],
    ].map(([Name = "", note = ""]) => ({
      ...{ Name, Driver: "local", Labels: { "z-billing-lago.lock-note": note } },
    }));
    expect(leasesAmong(volumes)).toEqual([
      { owner: OWNER, renewals: 3, volume, note: NOTE },
      { owner: OWNER, renewals: 4, volume: volume.replace(/3$/, "4"), note: "unreadable" },
    ]);
    expect(leasesAmong([])).toEqual([]);
  });
});

describe("a lease", () => {
  it("is of a running operation as long as it is renewed in time", () => {
    const detector = new StaleLeaseDetector(1_000);
    for (let beat = 1; beat < 10; beat += 1) {
      expect(owners(detector.sort([lease("a", beat)], beat * 900).live)).toEqual(["a"]);
    }
  });

  it("is stale once it was seen unchanged for long enough", () => {
    const detector = new StaleLeaseDetector(1_000);
    expect(owners(detector.sort([lease("a", 1)], 5_000).live)).toEqual(["a"]);
    expect(owners(detector.sort([lease("a", 1)], 5_999).live)).toEqual(["a"]);
    expect(owners(detector.sort([lease("a", 1)], 6_000).stale)).toEqual(["a"]);
  });

  it("that is being renewed is one, of which both volumes are there", () => {
    const detector = new StaleLeaseDetector(1_000);
    detector.sort([lease("a", 1)], 0);
    const { live } = detector.sort([lease("a", 2), lease("a", 1)], 999);
    expect(live).toHaveLength(2);
    expect(detector.sort([lease("a", 1), lease("a", 2)], 1_998).stale).toEqual([]);
    expect(detector.sort([lease("a", 1), lease("a", 2)], 1_999).stale).toHaveLength(2);
  });

  it("of one operation tells nothing of another's", () => {
    const detector = new StaleLeaseDetector(1_000);
    detector.sort([lease("a", 1)], 0);
    const { live, stale } = detector.sort([lease("a", 1), lease("b", 1)], 1_000);
    expect([owners(live), owners(stale)]).toEqual([["b"], ["a"]]);
  });
});
