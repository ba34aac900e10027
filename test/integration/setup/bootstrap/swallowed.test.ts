/** The real npm and the real bootstrap, in a checkout whose scripts only say what they were given. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPTIONS } from "../../../../setup/bootstrap/npm-options.mjs";
import { packagesMark } from "../../../../setup/bootstrap/state.mjs";
import { swallowedOptions } from "../../../../setup/bootstrap/swallowed.mjs";
import { USAGE_EXIT_CODE } from "../../../../setup/failure.ts";
import { createProgram } from "../../../../src/cli/program.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { type RunResult, run } from "../../../../src/process/run.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { testContext } from "../../../support/command-context.ts";

const RAN = "ran with ";
const LOCK = '{ "lockfileVersion": 3, "packages": {} }';

let checkout: string;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "zbl-test-npm-"));
  const scripts = join(checkout, "scripts");
  await mkdir(join(checkout, "node_modules"), { recursive: true });
  await mkdir(scripts);
  for (const path of ["setup/bootstrap", "scripts/bootstrap.mjs"]) {
    await cp(join(ROOT, path), join(checkout, path), { recursive: true });
  }
  for (const name of ["start", "destroy", "pulumi", "zbl"]) {
    const says = `console.log("${RAN}" + JSON.stringify(process.argv.slice(2)));\n`;
    await writeFile(join(scripts, `${name}.ts`), says);
  }
  const own = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const { type, engines, scripts: commands } = own;
  const manifest = { name: "checkout", version: "1.0.0", type, engines, scripts: commands };
  await writeFile(join(checkout, "package.json"), JSON.stringify(manifest));
  await writeFile(join(checkout, "package-lock.json"), LOCK);
  const mark = join(checkout, "node_modules", ".z-billing-lago-installed");
  await writeFile(mark, packagesMark(LOCK));
});

afterAll(() => rm(checkout, { recursive: true, force: true }));

/** Types a line that begins with `npm`. */
function typed(line: string, more: Readonly<Record<string, string>> = {}): Promise<RunResult> {
  const inherited = inheritedEnvironment();
  const env = {
    ...inherited,
    PATH: [dirname(process.execPath), inherited.PATH ?? ""].join(delimiter),
    Z_BILLING_LAGO_HOME: join(checkout, "tools"),
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
    ...more,
  };
  return run("sh", ["-c", line], { cwd: checkout, env, timeoutMs: 25_000 });
}

describe("an option that npm keeps for itself", () => {
  it.each([
    ["npm run destroy --stack=prod", "npm run destroy -- --stack prod"],
    ["npm run destroy --stack prod", "npm run destroy -- --stack prod"],
    ["npm start --stack=prod -- --diff", "npm start -- --stack prod -- --diff"],
    ["npm run pulumi stack init prod --no-select", "npm run pulumi -- stack init --no-select prod"],
    ["npm run pulumi preview --stack=prod --diff", "npm run pulumi -- preview --stack prod --diff"],
    ["npm run cli status --project=lago-prod", "./zbl status --project lago-prod"],
    ["npm run cli status --json", "./zbl status --json"],
  ])("%s starts nothing", async (line, instead) => {
    const { exitCode, stdout, stderr } = await typed(line);
    expect(stdout).not.toContain(RAN);
    expect(stderr).toContain(`\n    ${instead}\n`);
    expect(exitCode).toBe(USAGE_EXIT_CODE);
  });

  it("is looked for in nothing that stands behind --", async () => {
    const { exitCode, stdout } = await typed("npm run destroy -- --stack prod -- --diff");
    expect(stdout).toContain(`${RAN}["--stack","prod","--","--diff"]`);
    expect(exitCode).toBe(0);
  });

  it("is told from what .npmrc sets, unless it names the deployment", async () => {
    const npmrc = join(checkout, ".npmrc");
    try {
      await writeFile(npmrc, "user=root\n");
      expect((await typed("npm run cli -- status")).stdout).toContain(`${RAN}["status"]`);
      await writeFile(npmrc, "stack=prod\n");
      expect((await typed("npm start")).exitCode).toBe(USAGE_EXIT_CODE);
    } finally {
      await rm(npmrc);
    }
  });
});

describe("what is said of it", () => {
  const given = (script: string, args: readonly string[], kept: Readonly<Record<string, string>>) =>
    swallowedOptions(
      script,
      args,
      Object.fromEntries(Object.entries(kept).map(([key, value]) => [`npm_config_${key}`, value])),
    )
      ?.split("\n")[1]
      ?.trim();

  it.each([
    ["start", [], { stack: "true" }, "npm start -- --stack NAME"],
    ["start", [], { stack: "" }, "npm start -- --stack NAME"],
    ["start", [], { diff: "true" }, "npm start -- -- --diff"],
    ["start", ["--stack", "a"], { diff: "true" }, "npm start -- --stack a -- --diff"],
    ["start", ["urn"], { target: "true" }, "npm start -- -- --target urn"],
    ["destroy", [], { preview_only: "true" }, "npm run destroy -- -- --preview-only"],
    ["destroy", ["a", "b"], { stack: "true", target: "true" }, "npm run destroy -- …"],
    ["cli", ["keys", "export"], { stack: "p" }, "./zbl keys export --stack p"],
    ["cli", ["logs", "api"], { project: "p" }, "./zbl logs --project p api"],
    ["cli", ["status"], { project: "it's" }, "./zbl status --project 'it'\\''s'"],
    ["pulumi", ["config", "set", "a", "b"], { path: "true", stack: "true" }, "npm run pulumi -- …"],
    ["faults", [], { case: "RB05" }, "npm run faults -- --case RB05"],
  ])("%s %j with %j is to be typed with --", (script, args, kept, command) => {
    expect(given(script, args, kept)).toBe(command);
  });

  it("does not repeat what may be a secret", () => {
    const args = ["config", "set", "key", "hunter2"];
    expect(given("pulumi", args, { secret: "true" })).toBe(
      "npm run pulumi -- config set --secret …",
    );
  });

  it("names every option, and what else may have set it", () => {
    expect(swallowedOptions("start", [], { npm_config_stack: "a\n\nb" })).toBe(
      "npm kept --stack for itself, so nothing was started. Options stand behind --:\n" +
        "    npm start -- --stack a --stack b\n" +
        "    If the option was not typed, remove npm_config_stack from the environment or .npmrc.",
    );
  });

  it("is nothing where the script is given the same, or knows no such option", () => {
    expect(given("start", ["--stack", "a"], { stack: "a" })).toBeUndefined();
    expect(given("start", ["--stack=a"], { stack: "a" })).toBeUndefined();
    expect(given("start", ["--stack", "b"], { stack: "a" })).toBeDefined();
    expect(given("start", [], { yes: "true", loglevel: "silent" })).toBeUndefined();
    expect(given("format", [], { stack: "a" })).toBeUndefined();
  });
});

describe("the options that scripts understand", () => {
  let npmOwn: Set<string>;

  beforeAll(async () => {
    const { stdout } = await typed("npm config list --long --json");
    npmOwn = new Set(Object.keys(JSON.parse(stdout)));
    expect(npmOwn.size).toBeGreaterThan(100);
  });

  it("are all those of the command line that npm has no meaning of its own for", () => {
    const program = createProgram(testContext().context);
    const all = [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)];
    const names = all.flatMap(({ options }) => options.flatMap(({ long }) => long?.slice(2) ?? []));
    const expected = [...new Set(names)].filter((name) => name === "json" || !npmOwn.has(name));
    expect(OPTIONS.cli).toEqual(expected.sort());
  });

  it("are none that somebody sets for npm", () => {
    const shared = Object.values(OPTIONS)
      .flat()
      .filter((name) => npmOwn.has(name));
    expect([...new Set(shared)].sort()).toEqual(["diff", "json"]);
  });
});
