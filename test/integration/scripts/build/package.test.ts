/** What is published, and what it brings with it: nothing that nobody asked for. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../../../package.json" with { type: "json" };
import lock from "../../../../package-lock.json" with { type: "json" };
import { compareApi } from "../../../../scripts/api/compare.ts";
import { buildPackage } from "../../../../scripts/build/package.ts";
import { npm } from "../../../../setup/bootstrap/npm.mjs";
import { createContext } from "../../../../setup/context.ts";
import { createReport } from "../../../../setup/report.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { run } from "../../../../src/process/run.ts";
import { commandsIn } from "../../../support/docs/commands.ts";
import { linksOf } from "../../../support/docs/markdown.ts";

/** The only files that the archive may have. */
const ALLOWED = [
  /^package\.json$/,
  /^(README\.md|CHANGELOG\.md|LICENSE)$/,
  /^src\/([a-z-]+\/)*[a-z-]+(\.d)?\.(js|ts)$/,
  /^src\/bundled\/docker-compose\.yml$/,
];

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
  readonly unpackedSize: number;
}

const scratch = mkdtempSync(join(tmpdir(), "zbl-test-package-"));
const folder = join(scratch, "built");
let packed: Packed;

beforeAll(async () => {
  const context = createContext(new AbortController().signal);
  expect(await buildPackage(context, folder)).toBe(0);
  const { exitCode, stdout } = await run("npm", ["pack", "--dry-run", "--json", "--offline"], {
    cwd: folder,
    env: inheritedEnvironment(),
    timeoutMs: 60_000,
  });
  expect(exitCode).toBe(0);
  [packed] = JSON.parse(stdout) as [Packed];
}, 240_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("the published archive", () => {
  it("holds the compiled package and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(["package.json", "README.md", "CHANGELOG.md", "LICENSE"]),
    );
    expect(paths).toEqual(
      expect.arrayContaining(["src/index.js", "src/index.d.ts", "src/cli/bin.js"]),
    );
    expect(paths.filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))).toEqual([]);
    expect(paths.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))).toEqual([]);
    expect(packed.unpackedSize).toBeLessThan(2_000_000);
  });

  it("has no declaration that no type which a program can name refers to", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).not.toContain("src/docker/docker.d.ts");
    expect(paths).toContain("src/docker/docker.js");
    expect(paths).toContain("src/lago/catalogue/settings/connections.d.ts");
  });

  it("has one program, and nothing that runs when it is installed", () => {
    const published = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(published).not.toHaveProperty("scripts");
    const programs = packed.files.filter(({ mode }) => (mode & 0o111) !== 0);
    expect(programs.map(({ path }) => path)).toEqual(["src/cli/bin.js"]);
  });

  it("tells nothing of the machine that it was built on", () => {
    const local = [createContext(new AbortController().signal).root, homedir(), tmpdir()];
    for (const { path } of packed.files) {
      const text = readFileSync(join(folder, path), "utf8");
      // Where compose keeps locks for all, by the name that every Linux has.
      const found = local.filter((name) => name !== "/tmp" && text.includes(name));
      expect(found, path).toEqual([]);
    }
  });
});

describe("the README of the package", () => {
  const readme = () => readFileSync(join(folder, "README.md"), "utf8");
  const programs = () => {
    const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return Object.keys(bin);
  };

  it("links to files of the package only", () => {
    const paths = new Set(packed.files.map(({ path }) => path));
    const links = linksOf(readme());
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter(({ path, anchor }) => anchor !== "" || !paths.has(path))).toEqual([]);
  });

  it("names commands that a program with the package can run", () => {
    const commands = commandsIn("README.md", readme()).map(({ text }) => text);
    expect(commands.length).toBeGreaterThan(5);
    const isThere = ([program = "", argument = ""]: readonly string[]) =>
      program === "npx"
        ? programs().includes(argument)
        : ["pulumi", "docker"].includes(program) || `${program} ${argument}` === "npm install";
    expect(commands.filter((command) => !isThere(command.split(" ")))).toEqual([]);
  });

  it("names no command or path of the checkout", () => {
    expect(readme()).not.toMatch(/npm (?:start|run|test)|\.\/zbl|\bdocs\/|<!--/);
  });
});

describe("the recorded API", () => {
  it("is not that of a package with another export, and the check says what to do", async () => {
    const other = join(scratch, "other");
    const found = join(scratch, "found");
    cpSync(folder, other, { recursive: true });
    mkdirSync(found);
    appendFileSync(join(other, "src/cli/entry.d.ts"), "export declare const more: number;\n");
    const notes: string[] = [];
    const report = createReport((text) => notes.push(text));
    const context = { ...createContext(new AbortController().signal), report };

    expect(await compareApi(context, other, found)).toBe(false);
    expect(notes.join("")).toMatch(/api\/z-billing-lago\.cli\.api\.md says.*npm run api/);
  });
});

describe("what it needs", () => {
  it("is few packages, each pinned to one version", () => {
    const dependencies = Object.entries(manifest.dependencies);
    expect(dependencies.length).toBeLessThanOrEqual(10);
    for (const [name, version] of dependencies) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it("is known to the byte, all the way down", () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
    expect(packages.length).toBeGreaterThan(100);
    const unknown = packages.filter(
      ([, one]) => !/^sha512-/.test("integrity" in one ? one.integrity : ""),
    );
    expect(unknown.map(([path]) => path)).toEqual([]);
    const fromElsewhere = packages.filter(([, one]) => "resolved" in one);
    expect(fromElsewhere.map(([path]) => path)).toEqual([]);
  });

  it("is installed as the lock file says, without running anything of it", async () => {
    const recorder = join(scratch, "npm.js");
    const output = join(scratch, "arguments.json");
    writeFileSync(
      recorder,
      `import { writeFileSync } from "node:fs";
       writeFileSync(${JSON.stringify(output)}, JSON.stringify(process.argv.slice(2)));`,
    );
    await npm(["ci"], tmpdir(), { ...process.env, npm_execpath: recorder });
    const given = JSON.parse(readFileSync(output, "utf8")) as string[];
    expect(given).toEqual(expect.arrayContaining(["ci", "--ignore-scripts"]));
  });
});
