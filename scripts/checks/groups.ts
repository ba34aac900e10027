/** Groups of checks of `npm test` and `npm run test:all`. */
import type { Part, SetupStep } from "../../setup/all.ts";
import type { SetupContext } from "../../setup/context.ts";
import { ensureS3Server } from "../../testing/tools/s3-server.ts";
import { ensureSshd } from "../../testing/tools/sshd.ts";
import type { Check } from "./check.ts";
import { faults } from "./faults.ts";
import { checkGitLab } from "./gitlab.ts";
import { checkPackage } from "./package.ts";
import { PLAIN, runPackage } from "./program.ts";
import { checkScripts, checkUnits } from "./scripts.ts";
import { single, type Tally } from "./tally.ts";
import { tests } from "./tests.ts";
import { checkWorkflows } from "./workflows.ts";

const MINUTE_MS = 60_000;
const BIOME = "@biomejs/biome/bin/biome";

/** Related checks, and the parts of the set-up that they need. */
export interface Group {
  readonly checks: readonly Check[];
  readonly needs: readonly (Part | SetupStep)[];
}

/** `biome ci` prints colors regardless of NO_COLOR. */
const BIOME_CI = ["ci", `--colors=${PLAIN ? "off" : "force"}`];

const DEPLOYING: readonly Part[] = ["pulumi", "plugin", "docker", "images"];

/** All groups by the name for `--only`, in the order in which they run. */
export const GROUPS = {
  static: {
    checks: [
      tool("format", BIOME, [...BIOME_CI, "--linter-enabled=false", "--assist-enabled=false"]),
      tool("lint", BIOME, [...BIOME_CI, "--formatter-enabled=false", "--error-on-warnings"]),
      tool("types", "typescript/bin/tsc", []),
      check("package", checkPackage),
    ],
    needs: [],
  },
  unit: { checks: [tests("unit tests", "unit", 10 * MINUTE_MS)], needs: [] },
  integration: {
    checks: [tests("integration tests", "integration", 20 * MINUTE_MS)],
    needs: [],
  },
  templates: {
    checks: [
      check("GitLab's template", checkGitLab),
      check("workflows", checkWorkflows),
      check("shell scripts", checkScripts),
      check("systemd units", checkUnits),
    ],
    needs: [],
  },
  component: {
    checks: [tests("component tests", "component", 15 * MINUTE_MS)],
    needs: ["pulumi", "plugin"],
  },
  e2e: { checks: [tests("end-to-end tests", "e2e", 60 * MINUTE_MS)], needs: DEPLOYING },
  faults: {
    checks: [faults("faults", ["--level", "F,E", "--first", "--jobs", "3"], 20 * MINUTE_MS)],
    needs: DEPLOYING,
  },
  long: {
    checks: [
      tests("long end-to-end tests", "long", 60 * MINUTE_MS),
      tests("end-to-end tests that run alone", "alone", 30 * MINUTE_MS),
    ],
    needs: [...DEPLOYING, ensureSshd, ensureS3Server],
  },
  conformance: {
    checks: [tests("conformance tests", "conformance", 30 * MINUTE_MS)],
    needs: ["pulumi", "plugin"],
  },
  "all-faults": {
    checks: [
      faults("faults without a daemon", ["--level", "F,E", "--jobs", "3"], 30 * MINUTE_MS),
      faults(
        "faults with a daemon",
        ["--level", "D", "--jobs", "3", "--repeat", "3"],
        40 * MINUTE_MS,
      ),
    ],
    needs: DEPLOYING,
  },
} as const satisfies Record<string, Group>;

/** Name of a group. */
export type GroupName = keyof typeof GROUPS;

/** Groups of `npm test`: quick, and a proof of the main job. */
export const DAILY: readonly GroupName[] = [
  "static",
  "unit",
  "integration",
  "component",
  "e2e",
  "faults",
];

/** Groups of `npm run test:all`: all groups but `faults`, whose cases `all-faults` includes. */
export const ALL: readonly GroupName[] = (Object.keys(GROUPS) as GroupName[]).filter(
  (name) => name !== "faults",
);

function check(name: string, run: (context: SetupContext) => Promise<Tally>): Check {
  return { name, run: async (context) => ({ tally: await run(context) }) };
}

function tool(name: string, program: string, args: readonly string[]): Check {
  return check(name, async (context) =>
    single((await runPackage(context, program, args, 10 * MINUTE_MS)) === 0),
  );
}
