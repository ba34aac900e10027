/** A new setting is written in three files: the table, the arguments of a stack, and the place that uses it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import {
  ARGUMENT_NAMES,
  DEPLOYMENT_NAMES,
  SPEC_NAMES,
  settingOf,
} from "../../../src/spec/names.ts";
import { SETTINGS } from "../../../src/spec/settings.ts";
import { ROOT } from "../../../testing/folders.ts";
import { LAGO_PATH } from "../../support/sample.ts";

/** Files that read settings at some door and hand them on, without a word on any of these. */
const DOORS = [
  ...["index.ts", "src/cli/program.ts", "src/cli/setting-options.ts", "src/cli/target.ts"],
  ...["src/cli/target-deployment.ts", "src/deployment/effective-settings.ts"],
  ...["src/deployment/from-spec.ts", "src/deployment/parse-options.ts", "src/spec/names.ts"],
  ...["src/pulumi/cli/stack-deployment.ts", "src/pulumi/stack/args-from-config.ts"],
  ...["src/spec/spec.ts", "src/spec/stack-settings.ts", "src/spec/unknown-names.ts"],
];

/** Settings that a door has to know: they follow from others, or are put together there. */
const COMPUTED: readonly string[] = [
  ...["projectName", "lagoPath", "composeFiles", "ports", "removeVolumesOnDestroy"],
  // Words of the code too: the release of the command line, variables, and Lago's settings.
  ...["version", "variables", "environment", "settings", "organization", "profiles"],
];

const FILES = ["index.ts", ...globSync("src/**/*.ts", { cwd: ROOT })];

function filesWith(name: string, files: readonly string[] = FILES): string[] {
  const word = new RegExp(`\\b${name}\\b`);
  return files.filter((file) => word.test(readFileSync(join(ROOT, file), "utf8"))).sort();
}

describe("a setting", () => {
  it.each([
    ["startTimeoutSeconds", "src/deployment/start-timeout.ts"],
    ["allowVolumeChange", "src/volumes/allowed.ts"],
    ["allowDataRisk", "src/plan/accepted-risks.ts"],
  ])("is written in three files: %s", (name, place) => {
    const table = ["src/pulumi/stack/args.ts", "src/spec/settings.ts"];
    expect(filesWith(name)).toEqual([place, ...table].sort());
  });

  it("passes every door without being named there", () => {
    const names = Object.keys(SETTINGS).filter((name) => !COMPUTED.includes(name));
    expect(names.length).toBeGreaterThan(15);
    expect(names.flatMap((name) => filesWith(name, DOORS).map((file) => [name, file]))).toEqual([]);
  });
});

describe("the table of settings", () => {
  it("keeps the fields of a spec in the order in which the states of stacks have them", () => {
    expect(SPEC_NAMES.join(" ")).toBe(
      "projectName dockerHost dockerContext dockerCertPath lagoPath composeFiles profiles ports behindProxy pullPolicy startTimeoutSeconds lockTimeoutSeconds version memoryLimits roles adopted workers restartToken redisPasswordIsMade madeVariables allowKeyChange allowVolumeChange allowUnsafe allowDataRisk removeVolumesOnDestroy variables",
    );
  });

  it("has for every setting a default that its rule allows", () => {
    const defaults = DEPLOYMENT_NAMES.flatMap((name) => {
      const otherwise = settingOf(name).default;
      return otherwise === undefined ? [] : [[name, otherwise] as const];
    });
    expect(defaults.length).toBeGreaterThan(2);
    const options = Object.fromEntries(defaults);
    expect(new LagoDeployment(LAGO_PATH, options).options).toMatchObject(options);
  });

  it("gives every setting that people give a form, and no other", () => {
    const given = new Set<string>(ARGUMENT_NAMES);
    expect(Object.keys(SETTINGS).filter((name) => !given.has(name))).toEqual([
      "redisPasswordIsMade",
      "madeVariables",
      "variables",
    ]);
  });
});
