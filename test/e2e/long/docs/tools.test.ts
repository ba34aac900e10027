/** What the documents say of checks, measurements and packaging, typed as it stands there. */
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../src/cli/exit-codes.ts";
import { run } from "../../../../src/process/run.ts";
import {
  containersOf,
  docker,
  removeProject,
  requireDocker,
  testName,
  volumesOf,
} from "../../../../testing/docker.ts";
import { LAGO_FILES, ROOT } from "../../../../testing/folders.ts";
import { MEASUREMENTS } from "../../../support/docs/not-typed.ts";
import { allCommands, untyped } from "../../../support/docs/typed.ts";
import { measured, REPORT } from "../../../unit/bench/sample.ts";
import { type Clone, makeClone } from "../../support/documented/clone.ts";
import { type Reader, readerIn } from "../../support/documented/typing.ts";

let clone: Clone;
let reader: Reader;

const types: Reader["types"] = (...args) => reader.types(...args);

beforeAll(async () => {
  await requireDocker();
  clone = await makeClone();
  reader = readerIn(clone, []);
});

afterAll(() => clone?.dispose());

/** A file of the clone, and the same of this checkout. */
async function both(path: string): Promise<[string, string]> {
  return [
    await readFile(join(clone.folder, path), "utf8"),
    await readFile(join(ROOT, path), "utf8"),
  ];
}

/** Asserts that all options with which a script is documented are in its help. */
function expectOptions(help: string, script: RegExp): void {
  const options = allCommands()
    .filter(({ text }) => script.test(text))
    .flatMap(({ text }) => text.match(/ --[a-z]+/g) ?? []);
  expect(options.length).toBeGreaterThan(2);
  expect(options.filter((option) => !help.includes(option))).toEqual([]);
}

describe("the command line", () => {
  it("tells what it can do", async () => {
    const { stdout } = await types("./zbl exit-codes");
    expect(stdout).toContain("KeysChanged");
    expect((await types("./zbl --version")).stdout).toMatch(/^\d+\.\d+\.\d+/m);
    await types("npm run …", { instead: { "…": "cli -- complete bash" } });
  });

  it("judges a checkout of Lago", async () => {
    const lago = join(LAGO_FILES, "v1.50.0");
    const { stdout } = await types("./zbl lint path/to/lago", {
      instead: { "path/to/lago": lago },
      exitCode: EXIT_CODES.UnsafeConfig,
    });
    expect(stdout).toContain("LAGO_ENCRYPTION_PRIMARY_KEY");
  });

  it("is called by its name where the package is installed", async () => {
    const cwd = join(clone.around, "program");
    const [bin, place] = [join(cwd, "node_modules", ".bin"), join(cwd, "node_modules")];
    await mkdir(bin, { recursive: true });
    await writeFile(join(cwd, "package.json"), '{ "private": true }');
    await symlink(clone.folder, join(place, "z-billing-lago"));
    await chmod(join(clone.folder, "src", "cli", "bin.ts"), 0o755);
    await symlink("../z-billing-lago/src/cli/bin.ts", join(bin, "zbl"));
    expect((await types("npx zbl", { cwd, more: "--version" })).stdout).toMatch(/^\d+\./m);
    expect((await types("npx zbl --help", { cwd })).stdout).toContain("logs");
    expect((await types("npx zbl doctor", { cwd })).stdout).toContain("Docker");
    const keys = { cwd, instead: { "…": "export --help" } };
    expect((await types("npx zbl keys …", keys)).stdout).toContain("--output");
    const pipeline = { cwd, instead: { "…": "deploy --help" } };
    expect((await types("npx zbl pipeline …", pipeline)).stdout).toContain("--create");
  });
});

describe("measurements", () => {
  it("put a deployment through faults, and make a document of it", async () => {
    const help = await types("npm run faults", { more: "-- --help" });
    expectOptions(help.stdout, MEASUREMENTS["docs/faults.md"] ?? /$^/);
    const one = await types("npm run faults -- --case RB05", { more: "--level F" });
    expect(one.stdout).toContain("RB05");
    await types("npm run faults -- --case RB05,RB14 --level F,E", { instead: { "F,E": "F" } });
    await types("npm run faults -- --against raw --json raw.json", {
      more: "--case RB03 --level F",
    });
    await types("npm run faults:docs -- ours.json raw.json naive.json", {
      instead: { "ours.json raw.json naive.json": "raw.json" },
    });
    expect((await both("docs/faults.md"))[0]).toContain("RB03");
    await types("npm run faults:docs", { more: "-- raw.json" });
  });

  it("have their options, and make a document", async () => {
    const help = await types("npm run bench", { more: "-- --help" });
    expectOptions(help.stdout, MEASUREMENTS["docs/benchmark.md"] ?? /$^/);
    // A goal that is missed wants a remark, which figures of tests do not have.
    const figures = [measured("ours", "start", 1_000), measured("raw", "start", 8_000)];
    const reached = { suites: [{ ...REPORT, measured: figures }] };
    await writeFile(join(clone.folder, "bench.json"), JSON.stringify(reached));
    await types("npm run bench:docs -- FILE…", { instead: { "FILE…": "bench.json" } });
    expect((await both("docs/benchmark.md"))[0]).toContain("By a clock.");
    await types("npm run bench:docs", { more: "-- bench.json" });
  });
});

describe("a run of its own", () => {
  const project = testName();

  afterAll(() => removeProject(project));

  it("brings what is missing", async () => {
    const { stdout, stderr } = await types("npm run setup");
    expect(`${stdout}\n${stderr}`).toMatch(/^ok {2}Docker engine/m);
  });

  it("is recorded, and removed again", async () => {
    const file = join(clone.around, "up.svg");
    await types("node scripts/docs/recording.ts", { more: `${file} ${project}` });
    const picture = await readFile(file, "utf8");
    expect(picture).toMatch(/^<svg/);
    expect(picture).toContain(project);
    expect(await containersOf(project)).toEqual(new Map());
    expect(await volumesOf(project)).toEqual([]);
  });

  it("is lived through, and nothing of it stays", async () => {
    const { stdout } = await types("npm run bench -- --suites soak --rounds 100", {
      instead: { "--rounds 100": "--rounds 1" },
    });
    expect(stdout).toMatch(/^containers +0 \(0-0\)/m);
    expect(stdout).toMatch(/^growth of temporary files: .+ reached$/m);
  });
});

describe("the development of it", () => {
  it("runs one file of tests", async () => {
    await types("npx vitest run --project unit test/unit/errors.test.ts");
    await types("npx vitest run --project component test/component/keys.test.ts");
  });

  it("formats, and records settings and the API as they are", async () => {
    await types("npm run format");
    await types("node scripts/docs/settings.ts");
    await types("npm run api");
    for (const path of ["index.ts", "docs/settings.md", "api/z-billing-lago.api.md"]) {
      const [there, here] = await both(path);
      expect(there, path).toBe(here);
    }
  });

  it("builds stand-ins, and removes them all", async () => {
    const lago = await types("node sandbox/images/build.ts");
    expect(lago.exitCode).toBe(0);
    await types("node sandbox/images/build.ts getlago/api:v1.43.0");
    await docker("image", "inspect", "getlago/api:v1.43.0");
    // Other tests need the real ones: here it is an image of this test's own.
    const label = "zbl-test-docs";
    await run("bash", ["-c", `printf 'FROM scratch\\nLABEL ${label}=1\\n' | docker build -q -`], {
      env: clone.env as Record<string, string>,
      timeoutMs: 60_000,
    });
    const held = () => docker("image", "ls", "--quiet", "--filter", `label=${label}`);
    expect(await held()).not.toBe("");
    await types(
      "docker image rm $(docker image ls --quiet --filter label=z-billing-lago.stand-in | sort --unique)",
      { instead: { "z-billing-lago.stand-in": label } },
    );
    expect(await held()).toBe("");
    expect((await types("docker system df")).stdout).toContain("Images");
    expect((await types("docker system df -v")).stdout).toContain("VOLUME NAME");
  });

  it("packs the package, and says what a release lacks", async () => {
    await types("npm pack", { exitCode: 1 });
    await types("npm run package");
    expect((await readdir(clone.folder)).filter((name) => name.endsWith(".tgz"))).toHaveLength(1);
    const release = await types("npm run release -- vVERSION", {
      instead: { VERSION: "0.9.9" },
      exitCode: 3,
    });
    expect(release.stderr).toContain("0.9.9");
    await types("npm version --no-git-tag-version VERSION", { instead: { VERSION: "0.9.9" } });
    const { version } = JSON.parse((await both("package.json"))[0]);
    expect(version).toBe("0.9.9");
  });

  it("has typed all that stands here", () => {
    expect(untyped(import.meta.filename)).toEqual([]);
  });
});
