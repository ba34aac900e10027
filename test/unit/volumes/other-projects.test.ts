import { describe, expect, it } from "vitest";
import { otherProjectsNote } from "../../../src/volumes/other-projects.ts";
import { volume } from "./sample.ts";

const of = (project: string, ...keys: string[]) =>
  keys.map((key) =>
    volume(key, { project, holdsFingerprints: key.startsWith("z-billing-lago-keys") }),
  );

describe("a project that begins without data", () => {
  it("is told of the data that other deployments have here", () => {
    const all = [
      ...of("lago-prod", "pg", "rd", "z-billing-lago-keys"),
      ...of("lago-dev", "pg", "z-billing-lago-keys"),
    ];
    expect(otherProjectsNote("lago-pord", all)).toEqual([
      "starts empty. Projects with data on this engine: lago-dev (1 volume), lago-prod (2 volumes). If you meant one of those, set projectName",
    ]);
  });

  it("is told nothing of projects that are no Lago, nor of itself", () => {
    expect(otherProjectsNote("lago", of("shop", "pg"))).toEqual([]);
    expect(otherProjectsNote("lago", of("lago", "z-billing-lago-keys"))).toEqual([]);
    expect(otherProjectsNote("lago", [])).toEqual([]);
  });

  it("is told of ten at most", () => {
    const all = Array.from({ length: 12 }, (_, index) =>
      of(`lago-${index}`, "pg", "z-billing-lago-keys"),
    );
    expect(otherProjectsNote("lago", all.flat())[0]).toContain(" and 2 more. ");
  });
});
