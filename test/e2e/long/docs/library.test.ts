/** The programs of docs/library.md, as they stand there. */
import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../../sandbox/images/build.ts";
import { type RunResult, run } from "../../../../src/process/run.ts";
import {
  networksOf,
  removeProject,
  requireDocker,
  testName,
  volumesOf,
} from "../../../../testing/docker.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { freePort } from "../../../../testing/ports.ts";
import { findPulumi } from "../../../../testing/pulumi.ts";
import { must } from "../../../../testing/stack.ts";
import { documentText } from "../../../support/docs/documents.ts";
import { blocksOf } from "../../../support/docs/markdown.ts";
import { type Clone, makeClone } from "../../support/documented/clone.ts";

const project = testName();
const programs = blocksOf(documentText("docs/library.md")).filter(
  ({ language }) => language === "ts",
);

let clone: Clone;
let folder: string;

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ report: () => {} });
  clone = await makeClone();
  folder = join(clone.around, "program");
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(clone.folder, join(folder, "node_modules", "z-billing-lago"));
  for (const name of ["@types", "typescript", "@pulumi"]) {
    const place = join(folder, "node_modules", name);
    await symlink(join(ROOT, "node_modules", name), place);
  }
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
});

afterAll(async () => {
  await removeProject(project);
  await clone?.dispose();
});

/** A program of the document, with other texts in the place of some of its own. */
function program(number: number, instead: Readonly<Record<string, string>> = {}): string {
  const text = programs[number]?.lines.join("\n") ?? "";
  return Object.entries(instead).reduce((all, [part, other]) => {
    if (!all.includes(part)) {
      throw new Error(`the program does not say ${part}`);
    }
    return all.replace(part, other);
  }, text);
}

async function typed(
  file: string,
  args: readonly string[],
  timeoutMs = 120_000,
): Promise<RunResult> {
  return must(await ran(file, args, timeoutMs));
}

function ran(file: string, args: readonly string[], timeoutMs = 120_000): Promise<RunResult> {
  const env = { ...clone.env, PULUMI_CONFIG_PASSPHRASE: "zbl-test" };
  return run(file, args, { cwd: folder, env, timeoutMs });
}

describe("the programs of docs/library.md", () => {
  it("are right to TypeScript as they stand", async () => {
    expect(programs).toHaveLength(3);
    await writeFile(join(folder, "index.ts"), program(0));
    await writeFile(join(folder, "configured.ts"), program(1));
    await writeFile(join(folder, "library.ts"), program(2));
    const compilerOptions = {
      target: "esnext",
      module: "nodenext",
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      resolveJsonModule: true,
    };
    const config = { compilerOptions, files: ["index.ts", "configured.ts", "library.ts"] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(folder, "node_modules/typescript/bin/tsc");
    expect((await typed(process.execPath, [tsc])).stdout).toBe("");
  });

  it("show what the stack would deploy", async () => {
    const ports = `ports: { api: ${await freePort()}, front: ${await freePort()} }`;
    await writeFile(
      join(folder, "index.ts"),
      program(0, { "ports: { api: 3100, front: 8100 }": ports }),
    );
    const runtime = "{ name: nodejs, options: { typescript: false } }";
    await writeFile(
      join(folder, "Pulumi.yaml"),
      `name: own\nmain: index.ts\nruntime: ${runtime}\n`,
    );
    const backend = join(clone.around, "backend");
    await mkdir(backend);
    await typed(findPulumi(), ["login", `file://${backend}`]);
    await typed(findPulumi(), ["stack", "init", project, "--non-interactive"]);
    const { stdout } = await typed(findPulumi(), ["preview", "--non-interactive"]);
    expect(stdout).toContain("lago-deployment");
  });

  it("show what the stack would deploy by its config", async () => {
    await writeFile(join(folder, "index.ts"), program(1));
    for (const service of ["api", "front"]) {
      const port = String(await freePort());
      await typed(findPulumi(), ["config", "set", "--path", `ports.${service}`, port]);
    }
    const { stdout } = await typed(findPulumi(), ["preview", "--non-interactive"]);
    expect(stdout).toContain("lago-deployment");
  });

  it("deploy, look and stop without Pulumi, and keep the data", async () => {
    const ports = `ports: { api: ${await freePort()}, front: ${await freePort()} }`;
    const text = program(2, {
      '"lago-own"': `"${project}"`,
      "ports: { api: 3100, front: 8100 }": ports,
    });
    await writeFile(join(folder, "library.ts"), text);
    const { stdout } = await typed(process.execPath, ["library.ts"]);
    const said = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    expect(said.ready).toBe(true);
    expect(said.services.map(([name]: [string]) => name)).toContain("api-worker");
    expect(await networksOf(project)).toEqual([]);
    expect(await volumesOf(project)).toContain(`${project}_lago_postgres_data`);
  });

  it("keep the keys for their owner alone, and say when others do not fit the data", async () => {
    const file = join(folder, "lago-keys.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const keys = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify({ ...keys, encryptionPrimaryKey: keys.postgresPassword }));
    const { exitCode, stderr } = await ran(process.execPath, ["library.ts"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^KeysChanged: /m);
  });
});
