import { describe, expect, it } from "vitest";
import {
  volumeRemovalIssues,
  volumesToRemove,
} from "../../../../src/lago/config/volume-removal.ts";

describe("a setting that removes volumes", () => {
  it.each([[undefined], [false], ["false"], [""]])("keeps them when it is %j", (setting) => {
    expect(volumesToRemove(setting)).toBeUndefined();
  });

  it.each([
    ["lago-prod", "lago-prod"],
    ["true", "true"],
    [true, "true"],
  ])("wishes to remove those of %j", (setting, project) => {
    expect(volumesToRemove(setting)).toBe(project);
  });
});

describe("the wish", () => {
  const issuesOf = (project: string, asked: string | undefined) =>
    volumeRemovalIssues("removeVolumesOnDestroy", project, asked);

  it("holds for the project that is meant, and where there is none", () => {
    expect(issuesOf("lago-prod", "lago-prod")).toEqual([]);
    expect(issuesOf("lago-prod", undefined)).toEqual([]);
    // A project may be called so.
    expect(issuesOf("true", "true")).toEqual([]);
  });

  it.each(["lago-staging", "lago-pro", "Lago-Prod", " lago-prod", "yes"])(
    "for %j is refused, and both are named",
    (asked) => {
      expect(issuesOf("lago-prod", asked)).toEqual([
        {
          field: "removeVolumesOnDestroy",
          message: expect.stringMatching(
            new RegExp(`^"${asked}" is not the project that is meant, "lago-prod"; .*ALL DATA`),
          ),
        },
      ]);
    },
  );

  it("of a switch is told what to write", () => {
    const [issue] = issuesOf("lago-prod", "true");
    expect(issue?.message).toBe(
      "true does not say whose volumes; to remove its volumes and ALL DATA in them, write the project's own name, lago-prod",
    );
  });
});
