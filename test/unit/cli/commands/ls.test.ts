import { describe, expect, it } from "vitest";
import { rowsOf } from "../../../../src/cli/commands/ls.ts";
import { listText } from "../../../../src/cli/output/list-text.ts";
import { testContext } from "../../../support/command-context.ts";

describe("ls", () => {
  const here = { project: "lago-dev", services: 7, running: 6, release: "v1.50.0", volumes: 3 };
  const other = { project: "lago-old", services: 0, running: 0, release: "", volumes: 2 };
  const rows = rowsOf(
    [
      {
        stack: { name: "dev", current: true },
        projects: [{ projectName: "lago-dev", engine: {} }],
      },
      { stack: { name: "qa", current: false }, projects: [] },
      {
        stack: { name: "prod", current: false },
        projects: [{ projectName: "lago-prod", engine: { dockerContext: "far" } }],
      },
      {
        stack: { name: "lost", current: false },
        projects: [{ projectName: "lago-lost", engine: {} }],
      },
    ],
    new Map([
      ["default", [here, other]],
      ["far", undefined],
    ]),
  );

  it("joins stacks with the deployments of their engines, and lists those of no stack last", () => {
    expect(rows.map(({ stack, project, state }) => [stack, project, state])).toEqual([
      ["dev", "lago-dev", "found"],
      ["qa", undefined, "not deployed"],
      ["prod", "lago-prod", "unknown"],
      ["lost", "lago-lost", "gone"],
      [undefined, "lago-old", "found"],
    ]);
  });

  it("is a table with a star at the selected stack", () => {
    const { context } = testContext({});
    expect(listText(rows, context.screens.stdout)).toBe(
      [
        "STACK  PROJECT    STATUS        RELEASE  VOLUMES  ENGINE",
        "dev *  lago-dev   6 of 7 run    v1.50.0  3        default",
        "qa     -          not deployed  -        -        -",
        "prod   lago-prod  unknown       -        -        far",
        "lost   lago-lost  gone          -        -        default",
        "-      lago-old   data only     -        2        default",
      ].join("\n"),
    );
  });

  it("knows the data that a destroyed stack has left", () => {
    const left = { project: "lago-qa", services: 0, running: 0, release: "", volumes: 4 };
    const stack = { name: "qa", current: true };
    expect(rowsOf([{ stack, projects: [] }], new Map([["default", [left]]]))).toMatchObject([
      { stack: "qa", project: "lago-qa", volumes: 4, state: "found" },
    ]);
  });

  it("tells how to begin where there is nothing", () => {
    const { context } = testContext({});
    expect(listText([], context.screens.stdout)).toContain("To deploy a first one: ./zbl up");
  });
});
