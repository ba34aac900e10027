import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { rowsOf } from "../../../src/cli/commands/ls.ts";
import { selectCommand } from "../../../src/cli/commands/select.ts";
import {
  locatedTarget,
  type NamedTarget,
  stackOrDescription,
} from "../../../src/cli/located-target.ts";
import { listText } from "../../../src/cli/output/list-text.ts";
import { testContext } from "../../support/command-context.ts";

const STACKS = [
  { name: "api", current: false },
  { name: "dev", current: true },
  { name: "prod", current: false },
];

/** A program's folder with a `pulumi` that knows three stacks, of which `prod` is deployed. */
function program() {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-stacks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const spec = { projectName: "lago-billing", dockerContext: "prod-host" };
  const project = {
    type: "pulumi-nodejs:dynamic/lago:Project",
    id: "lago-billing",
    outputs: { spec },
  };
  writeFileSync(join(folder, "Pulumi.yaml"), "name: z-billing-lago\nruntime: nodejs\n");
  writeFileSync(join(folder, "calls"), "");
  writeFileSync(join(folder, "ls"), JSON.stringify(STACKS));
  writeFileSync(join(folder, "prod"), JSON.stringify({ deployment: { resources: [project] } }));
  writeFileSync(join(folder, "dev"), JSON.stringify({ deployment: {} }));
  writeFileSync(
    join(folder, "pulumi"),
    `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$*" >> ${folder}/calls\ncase "$*" in\n` +
      `"stack ls"*) cat ${folder}/ls ;;\n"stack export --stack prod"*) cat ${folder}/prod ;;\n` +
      `"stack export"*) cat ${folder}/dev ;;\nconfig*) echo '{}' ;;\n"stack select"*) ;;\n*) exit 1 ;;\nesac\n`,
  );
  chmodSync(join(folder, "pulumi"), 0o755);
  const { context, written } = testContext({ environment: { PATH: folder } });
  const calls = () =>
    readFileSync(join(folder, "calls"), "utf8").trim().split("\n").filter(Boolean);
  const named = (more: NamedTarget = {}): NamedTarget => ({ cwd: folder, ...more });
  return { context, written, calls, cwd: folder, named };
}

describe("a command that names a stack", () => {
  it("is about the project and the engine in the stack's state", async () => {
    const { context, written, named } = program();
    const { options, words } = await locatedTarget(context, named(), ["prod"], "no others");
    expect(options).toMatchObject({ project: "lago-billing", dockerContext: "prod-host" });
    expect(words).toEqual([]);
    expect(written.notes).toEqual([]);
  });

  it("has the services behind the stack", async () => {
    const { context, named } = program();
    const { options, words } = await locatedTarget(context, named(), ["prod", "db"], "services");
    expect([options.project, words]).toEqual(["lago-billing", ["db"]]);
  });

  it("keeps its services where the first is no stack, and names the selected stack", async () => {
    const { context, written, named } = program();
    const { options, words } = await locatedTarget(context, named(), ["db"], "services");
    expect([options.project, words]).toEqual(["lago-dev", ["db"]]);
    expect(written.notes).toEqual(["Stack dev (selected)"]);
  });

  it("has nothing but services where --stack names the stack", async () => {
    const { context, named } = program();
    const onProd = named({ stack: "prod" });
    const { options, words } = await locatedTarget(context, onProd, ["prod"], "services");
    expect([options.project, words]).toEqual(["lago-billing", ["prod"]]);
  });

  it("is refused where a word means a stack and a service of Lago", async () => {
    const { context, cwd } = program();
    await expect(locatedTarget(context, { cwd }, ["api"], "services")).rejects.toThrow(
      "api is both a stack and a service of Lago.",
    );
  });

  it("is refused for a stack that does not exist", async () => {
    const { context, cwd } = program();
    await expect(locatedTarget(context, { cwd }, ["prdo"], "no others")).rejects.toMatchObject({
      kind: "StackNotFound",
      message: expect.stringContaining("Did you mean prod?"),
    });
  });

  it("is refused where it names the deployment twice", async () => {
    const { context, calls, cwd } = program();
    const twice = "names the deployment already";
    const project = { cwd, project: "lago-x" };
    await expect(locatedTarget(context, project, ["prod"], "no others")).rejects.toThrow(twice);
    const both = { ...project, stack: "prod" };
    await expect(locatedTarget(context, both, [], "services")).rejects.toThrow(twice);
    await expect(stackOrDescription(context, project, "prod")).rejects.toThrow(twice);
    const stacks = { cwd, stack: "prod" };
    await expect(stackOrDescription(context, stacks, "dev")).rejects.toThrow(twice);
    expect(calls()).toEqual([]);
  });
});

describe("a command that names a project", () => {
  it("asks no Pulumi", async () => {
    const { context, calls, cwd } = program();
    const named = { cwd, project: "lago-x" };
    expect(await locatedTarget(context, named, ["db"], "services")).toEqual({
      options: named,
      words: ["db"],
    });
    expect(await stackOrDescription(context, named, undefined)).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  it("is asked for where options describe a deployment", async () => {
    const { context, cwd } = program();
    const options = { cwd, envFile: ".env", apiPort: 3000 };
    await expect(stackOrDescription(context, options, undefined)).rejects.toThrow(
      "--env-file and --api-port describe a deployment without a stack",
    );
  });
});

describe("select", () => {
  it("selects a stack that exists", async () => {
    const { context, written, calls, cwd } = program();
    await selectCommand(context, "prod", { cwd });
    expect(calls().at(-1)).toBe("stack select --stack prod --non-interactive");
    expect(written.results.join()).toContain("Stack prod is selected.");
  });

  it("selects nothing for a mistyped name", async () => {
    const { context, calls, cwd } = program();
    await expect(selectCommand(context, "prdo", { cwd })).rejects.toThrow("Did you mean prod?");
    expect(calls()).toEqual(["stack ls --json --non-interactive"]);
  });
});

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

  it("tells how to begin where there is nothing", () => {
    const { context } = testContext({});
    expect(listText([], context.screens.stdout)).toContain("To deploy a first one: ./zbl up");
  });
});
