/** The linters that check the templates of pipelines notice a broken one. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkScripts, checkUnits } from "../../../scripts/checks/scripts.ts";
import { checkWorkflows } from "../../../scripts/checks/workflows.ts";
import { ROOT } from "../../../testing/folders.ts";
import { listeningContext } from "../../support/setup-context.ts";

const PIPELINES = join(ROOT, "pipelines");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "zbl-test-linters-"));
  await cp(PIPELINES, folder, { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Changes a template, and fails where there is nothing to be changed. */
async function spoil(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), "utf8");
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

describe("actionlint", () => {
  it("passes the workflows, and none with an expression of nothing", async () => {
    const { context } = listeningContext();
    const github = join(folder, "github");
    expect(await checkWorkflows(context, github)).toMatchObject({ passed: 1, failed: 0 });
    await spoil("github/deploy.yml", "${{ vars.PULUMI", "${{ values.PULUMI");
    expect(await checkWorkflows(context, github)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("ShellCheck", () => {
  it("passes the hooks and the script, and none that splits what it should not", async () => {
    const { context, said } = listeningContext();
    const folders = [join(folder, "git-hooks"), join(folder, "shell")];
    expect(await checkScripts(context, folders), said()).toMatchObject({ passed: 1, failed: 0 });
    await spoil("shell/pull-and-deploy.sh", 'cd "$clone"', "cd $clone");
    expect(await checkScripts(context, folders)).toMatchObject({ passed: 0, failed: 1 });
    expect(said()).toContain("SC2086");
  });
});

describe("systemd", () => {
  it("reads the units, and says which key it does not know", async (test) => {
    const { context, said } = listeningContext();
    const units = join(folder, "systemd");
    const { skipped } = await checkUnits(context, units);
    test.skip(skipped > 0, "this system has no systemd");
    expect(await checkUnits(context, units), said()).toMatchObject({ passed: 1, failed: 0 });
    await spoil("systemd/lago-deploy@.timer", "OnUnitInactiveSec=", "OnUnitInactive=");
    expect(await checkUnits(context, units)).toMatchObject({ passed: 0, failed: 1 });
    expect(said()).toContain("OnUnitInactive");
  });
});
