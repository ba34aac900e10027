/** What was asked for is run; what nobody asked for by name may be left out. */
import { describe, expect, it } from "vitest";
import { ChoiceError, choose } from "../../../bench/choose.ts";
import type { Suite } from "../../../bench/suite.ts";
import { SUITES } from "../../../bench/suites.ts";

function suite(id: string, contenders: string[], work: string[]): Suite {
  return {
    ...{ id, title: id, how: "" },
    contenders: contenders.map((name) => ({
      ...{ name, title: name },
      missing: async () => (name === "absent" ? "it is not installed" : undefined),
    })),
    work: work.map((one) => ({ id: one, title: one, unit: "ms" })),
    rounds: (asked) => asked,
    run: async () => {},
  };
}

const ALL = [
  suite("life", ["ours", "raw", "absent"], ["start", "status"]),
  suite("calls", ["library", "raw"], ["status"]),
];

async function chosen(wanted: Parameters<typeof choose>[1]) {
  const { chosen: all, notes } = await choose(ALL, wanted);
  const names = all.map(({ suite: { id }, contenders, work }) => [
    ...[id, contenders.map(({ name }) => name).join(","), work.map((one) => one.id).join(",")],
  ]);
  return { names, notes };
}

describe("the choice", () => {
  it("is everything that is there, with a word on what is not", async () => {
    expect(await chosen({})).toEqual({
      names: [
        ["life", "ours,raw", "start,status"],
        ["calls", "library,raw", "status"],
      ],
      notes: ["without absent: it is not installed"],
    });
  });

  it("holds in each suite that knows the name, and leaves out a suite of which nothing is left", async () => {
    expect((await chosen({ against: ["raw"], work: ["status"] })).names).toEqual([
      ["life", "raw", "status"],
      ["calls", "raw", "status"],
    ]);
    expect(await chosen({ against: ["library"] })).toEqual({
      names: [["calls", "library", "status"]],
      notes: ["without the suite life: nothing of it was chosen"],
    });
    expect((await chosen({ suites: ["calls"] })).names).toEqual([
      ["calls", "library,raw", "status"],
    ]);
  });

  it("leaves out a suite that is run only where it is named", async () => {
    const all = [...ALL, { ...suite("soak", ["library"], ["heap"]), onlyByName: true }];
    const { chosen: some, notes } = await choose(all, {});
    expect(some.map((one) => one.suite.id)).toEqual(["life", "calls"]);
    expect(notes).toContain("without the suite soak: it is run where --suites names it");
    const { chosen: named } = await choose(all, { suites: ["soak"] });
    expect(named.map((one) => one.suite.id)).toEqual(["soak"]);
  });

  it("refuses a contender that was named and is missing", async () => {
    await expect(choose(ALL, { against: ["ours", "absent"] })).rejects.toThrow(
      new ChoiceError("it is not installed"),
    );
  });

  it("refuses names that no chosen suite knows, and says which there are", async () => {
    await expect(choose(ALL, { suites: ["lief"] })).rejects.toThrow(
      "There is no suite lief; there are life,calls.",
    );
    await expect(choose(ALL, { suites: ["calls"], against: ["ours"] })).rejects.toThrow(
      "There is no contender ours; there are library,raw.",
    );
    await expect(choose(ALL, { work: ["statsu"] })).rejects.toThrow(
      "There is no work statsu; there are start,status.",
    );
  });
});

describe("the suites", () => {
  it("have names and work of their own, and a round at least", () => {
    expect(new Set(SUITES.map(({ id }) => id)).size).toBe(SUITES.length);
    for (const { contenders, work, rounds } of SUITES) {
      expect(new Set(contenders.map(({ name }) => name)).size).toBe(contenders.length);
      expect(new Set(work.map(({ id }) => id)).size).toBe(work.length);
      expect(rounds(1)).toBeGreaterThanOrEqual(1);
      expect(rounds(10)).toBeGreaterThanOrEqual(rounds(5));
    }
  });
});
