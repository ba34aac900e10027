/** Programs outside of the repository, with the package from its archive and the oldest SDK that it allows. */
import { appendFile, cp, readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../../sandbox/images/build.ts";
import { OLDEST_SDK } from "../../../../scripts/build/manifest.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { type RunResult, run } from "../../../../src/process/run.ts";
import { stackConfigText } from "../../../../testing/checkout.ts";
import { removeProject, requireDocker, testName } from "../../../../testing/docker.ts";
import { freePort } from "../../../../testing/ports.ts";
import {
  createPulumiWorkspace,
  findPulumi,
  type PulumiWorkspace,
} from "../../../../testing/pulumi.ts";
import { must } from "../../../../testing/stack.ts";
import { blocksRunBy, inPlaceOf, runBlock } from "../../support/documented/blocks.ts";
import { type Installed, installPackage } from "./installed.ts";

const PROGRAMS = join(import.meta.dirname, "programs");
const PROJECT = "zbl-test-outside";

let outside: Installed;

beforeAll(async () => {
  await requireDocker();
  outside = await installPackage(OLDEST_SDK);
});

afterAll(() => outside?.dispose());

/** Runs Node in a folder, with nothing of the checkout in its environment. */
async function node(folder: string, ...args: string[]): Promise<RunResult> {
  const env = inheritedEnvironment();
  return must(await run(process.execPath, args, { cwd: folder, env, timeoutMs: 120_000 }));
}

describe("an installed package", () => {
  it("shares one copy of Pulumi's SDK with the program", async () => {
    const installed = await readdir(join(outside.folder, "node_modules"), { recursive: true });
    const copies = installed.filter((path) => path.endsWith("@pulumi/pulumi/package.json"));
    expect(copies).toEqual(["@pulumi/pulumi/package.json"]);
    const sdk = join(outside.folder, "node_modules", "@pulumi/pulumi/package.json");
    expect(JSON.parse(await readFile(sdk, "utf8")).version).toBe(OLDEST_SDK);
  });

  it.each(["nodenext", "bundler"])("has types for programs that resolve as %s", async (kind) => {
    const program = await outside.add(join(PROGRAMS, "types"), `types-${kind}`);
    const tsc = join(outside.folder, "node_modules/typescript/bin/tsc");
    const { stdout } = await node(program, tsc, "--project", `tsconfig.${kind}.json`);
    expect(stdout).toBe("");
  });
});

describe("a stack of an installed package", () => {
  const stack = testName();
  let workspace: PulumiWorkspace;

  /** What the library says, in a program of its own. */
  const status = async () => {
    const program = await outside.add(join(PROGRAMS, "library"), "library");
    const bundled = join(outside.folder, "node_modules", "z-billing-lago", "src", "bundled");
    return JSON.parse((await node(program, "status.js", bundled, stack)).stdout);
  };

  /** A library that has the files names each service that they declare. */
  const expectNothingRuns = (seen: { running: boolean; services: [string, string][] }) => {
    expect(seen.running).toBe(false);
    expect([...new Set(seen.services.map(([, state]) => state))]).toEqual(["Missing"]);
  };

  const pulumi = async (...args: string[]) =>
    must(await workspace.pulumi([...args, "--stack", stack], { timeoutMs: 240_000 }));

  beforeAll(async () => {
    await ensureStandIns({ report: () => {} });
    workspace = await createPulumiWorkspace({
      program: await outside.add(join(PROGRAMS, "stack"), "stack"),
      inPlace: true,
      stack,
      pulumiHome: process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"),
    });
    const config = { projectName: stack, api: await freePort(), front: await freePort() };
    const file = join(workspace.programFolder, `Pulumi.${stack}.yaml`);
    await appendFile(file, stackConfigText(PROJECT, config));
  });

  afterAll(async () => {
    await removeProject(stack);
    await workspace?.dispose();
  });

  it("is shown and then made by a program in JavaScript", async () => {
    const { stdout } = await pulumi("preview");
    expect(stdout).toContain("lago-deployment");
    await pulumi("up", "--yes", "--skip-preview");
    const outputs = JSON.parse((await pulumi("stack", "output", "--json")).stdout);
    expect(outputs).toMatchObject({ running: true, projectName: stack });
    await pulumi("preview", "--expect-no-changes");
  });

  it("is the same to a CommonJS program in TypeScript that Pulumi compiles", async () => {
    const program = await outside.add(join(PROGRAMS, "stack-commonjs"), "stack-commonjs");
    const config = `Pulumi.${stack}.yaml`;
    await cp(join(workspace.programFolder, config), join(program, config));
    await pulumi("preview", "--expect-no-changes", "--cwd", program);
  });

  it("is seen by the library in a program in JavaScript", async () => {
    const { running, services } = await status();
    expect(running).toBe(true);
    expect(services).toContainEqual(["api", "Running"]);
  });

  it("is seen by the installed command line", async () => {
    const bin = join(outside.folder, "node_modules", ".bin", "z-billing-lago");
    const args = ["status", "--project", stack, "--json"];
    const env = inheritedEnvironment();
    const { stdout } = must(await run(bin, args, { env, timeoutMs: 60_000 }));
    expect(JSON.parse(stdout)).toMatchObject({ running: true });
    const version = must(await run(bin, ["--version"], { env, timeoutMs: 60_000 }));
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("is seen, entered and taken down by the commands of docs/package-readme.md", async () => {
    const [block = ""] = blocksRunBy(
      "test/e2e/long/package/outside.test.ts",
      "docs/package-readme.md",
    );
    // The Pulumi of these tests, as with somebody who has installed it.
    const path = [dirname(process.execPath), dirname(findPulumi()), process.env.PATH].join(":");
    const env = { ...inheritedEnvironment(), PATH: path };
    const { stdout } = must(
      await runBlock(inPlaceOf(block, { "lago-own": stack }), outside.folder, env),
    );
    expect(stdout).toMatch(/^api +Running +healthy/m);
    expect(stdout).toContain("scripts");
    expectNothingRuns(await status());
  });

  it("is taken down by the program", async () => {
    await pulumi("destroy", "--yes", "--skip-preview");
    expectNothingRuns(await status());
  });
});
