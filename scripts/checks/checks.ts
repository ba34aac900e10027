/** The project's checks, each a program that runs on the terminal. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SetupContext } from "../setup/context.ts";
import { checkGitLab } from "./gitlab.ts";
import { checkPackage } from "./package.ts";
import { PLAIN, runNode, runPackage } from "./program.ts";
import { checkScripts, checkUnits } from "./scripts.ts";
import { faultsTally, single, type Tally, tallyOf } from "./tally.ts";
import { checkWorkflows } from "./workflows.ts";

/** Something that is checked, and how. */
export interface Check {
  readonly name: string;
  readonly run: (context: SetupContext) => Promise<Tally>;
}

const MINUTE_MS = 60_000;
const BIOME = "@biomejs/biome/bin/biome";

/** `biome ci` has colours whatever NO_COLOR says. */
const BIOME_CI = ["ci", `--colors=${PLAIN ? "off" : "force"}`];

/** Format, lint, types, the package and a template: what needs nothing but the source. */
export const STATIC_CHECKS: readonly Check[] = [
  tool("format", BIOME, [...BIOME_CI, "--linter-enabled=false", "--assist-enabled=false"]),
  tool("lint", BIOME, [...BIOME_CI, "--formatter-enabled=false", "--error-on-warnings"]),
  tool("types", "typescript/bin/tsc", []),
  { name: "package", run: checkPackage },
  { name: "GitLab's template", run: checkGitLab },
];

/** Tests that need neither Docker nor Pulumi. */
export const UNIT_TESTS: readonly Check[] = [tests("unit", 10 * MINUTE_MS)];

/** Tests that need what the set-up brings. */
export const SYSTEM_TESTS: readonly Check[] = [
  { name: "workflows", run: checkWorkflows },
  { name: "shell scripts", run: checkScripts },
  { name: "systemd units", run: checkUnits },
  tests("component", 15 * MINUTE_MS),
  tests("conformance", 30 * MINUTE_MS),
  tests("e2e", 120 * MINUTE_MS),
  // By hand each case once, where it takes least; `npm run faults` runs all of them, chance and all.
  ...(process.env.CI === undefined
    ? [faults("faults", ["--level", "F,E", "--first", "--jobs", "3"], 20 * MINUTE_MS)]
    : [
        faults("faults", ["--level", "F,E"], 30 * MINUTE_MS),
        faults("faults with a daemon", ["--level", "D", "--no-chaos"], 40 * MINUTE_MS),
      ]),
];

function tool(name: string, program: string, args: readonly string[]): Check {
  return {
    name,
    run: async (context) =>
      single((await runPackage(context, program, args, 10 * MINUTE_MS)) === 0),
  };
}

function tests(project: string, timeoutMs: number): Check {
  return {
    name: `${project} tests`,
    run: async (context) => {
      const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-tests-"));
      try {
        const file = join(folder, "report.json");
        const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
        const args = ["run", "--project", project, ...reporters];
        const exitCode = await runPackage(context, "vitest/vitest.mjs", args, timeoutMs);
        const report = await readFile(file, "utf8").catch(() => undefined);
        return tallyOf(report, exitCode);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The cases of `npm run faults` with this project; they look at processes as Linux shows them. */
function faults(name: string, args: readonly string[], timeoutMs: number): Check {
  return {
    name,
    run: async (context) => {
      if (process.platform !== "linux") {
        context.report.note(`${name}: left out, since only Linux shows what they look at`);
        return { passed: 0, failed: 0, skipped: 1 };
      }
      const folder = await mkdtemp(join(tmpdir(), "z-billing-lago-faults-"));
      try {
        const file = join(folder, "report.json");
        const main = join(context.root, "faults", "main.ts");
        const exitCode = await runNode(context, [main, ...args, "--json", file], timeoutMs);
        const report = await readFile(file, "utf8").catch(() => undefined);
        return faultsTally(report, exitCode);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
