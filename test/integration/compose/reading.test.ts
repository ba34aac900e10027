/** What lint reads without docker, beside what docker compose reads. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvFile } from "../../../src/cli/env-file.ts";
import { composeVariables } from "../../../src/compose/compose-variables.ts";
import { findComposeFiles } from "../../../src/compose/find-files.ts";
import { interpolate } from "../../../src/compose/interpolate.ts";
import { readComposeFiles } from "../../../src/compose/read-files.ts";
import { run } from "../../../src/process/run.ts";
import { ROOT } from "../../../testing/folders.ts";

const CASES = join(ROOT, "test/fixtures/cases");
const ENVIRONMENT = { PROC: "from the process" };

interface Read {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
}

function ours(folder: string, hasEnvFile: boolean): Record<string, Read> {
  const inFile = hasEnvFile ? readEnvFile(join(folder, ".env"), ENVIRONMENT).variables : {};
  const all = { ...inFile, ...ENVIRONMENT };
  const { files, profiles = [] } = composeVariables(all);
  const paths = findComposeFiles(folder, files);
  const { services, variables } = readComposeFiles(paths, { profiles, variables: all });
  return Object.fromEntries(
    services.map(({ name, image, environment }) => [
      name,
      {
        image: interpolate(image, variables),
        environment: Object.fromEntries(
          Object.entries(environment).map(([key, text]) => [key, interpolate(text, variables)]),
        ),
      },
    ]),
  );
}

async function composes(folder: string): Promise<Record<string, Read>> {
  const { PATH = "", HOME = "" } = process.env;
  const { stdout, stderr, exitCode } = await run(
    "docker",
    ["compose", "config", "--format", "json"],
    {
      cwd: folder,
      env: { PATH, HOME, ...ENVIRONMENT },
      timeoutMs: 25_000,
    },
  );
  expect(exitCode, stderr).toBe(0);
  const { services } = JSON.parse(stdout.replaceAll("$$", "$")) as {
    services: Record<string, { image: string; environment?: Record<string, string | null> }>;
  };
  return Object.fromEntries(
    Object.entries(services).map(([name, { image, environment = {} }]) => [
      name,
      {
        image,
        environment: Object.fromEntries(
          // A name without a value that nobody sets is empty for lint.
          Object.entries(environment).map(([key, value]) => [key, value ?? ""]),
        ),
      },
    ]),
  );
}

describe("lint reads the services and their environments that compose reads", () => {
  it.each([
    ["env-file", true],
    ["env-file-bad-secrets", false],
    ["env-references", true],
    ["compose-variables", true],
    ["include", true],
    ["include-folder", true],
    ["extends", true],
    ["extends-chain", true],
    ["coolify-variables", false],
  ])("of the case %s", async (name, hasEnvFile) => {
    const folder = join(CASES, name);
    expect(ours(folder, hasEnvFile)).toEqual(await composes(folder));
  });

  it.each([
    ["env-file-missing", /lago\.env/],
    ["env-file-broken", /unterminated/],
    ["coolify", /exclude_from_hc/],
    ["refused-references", /invalid interpolation|SECRET KEY|name a release/],
  ])("and compose refuses the case %s", async (name, words) => {
    const { PATH = "", HOME = "" } = process.env;
    const { exitCode, stderr } = await run("docker", ["compose", "config", "--quiet"], {
      cwd: join(CASES, name),
      env: { PATH, HOME },
      timeoutMs: 25_000,
    });
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(words);
  });
});
