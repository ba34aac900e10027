/** Other people's stacks: what plain compose brings up, ours brings up too, with the same values. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_IMAGES } from "../../../../sandbox/images/build.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { type RunResult, run } from "../../../../src/process/run.ts";
import { CLI } from "../../../../testing/cli.ts";
import {
  docker,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../../../testing/docker.ts";
import { type Standing, standingsOf } from "../../support/other-stacks/standing.ts";
import { CASES, writeStack } from "../../support/other-stacks/write.ts";

/** A tag of the stand-in under a name that says nothing. */
const BUILT_IMAGE = `${testName()}/acme-billing:1`;

const TIMEOUT_MS = 180_000;

const projects: string[] = [];
let root: string;

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ images: STAND_IN_IMAGES, report: () => {} });
  await docker("image", "tag", "getlago/api:v1.50.0", BUILT_IMAGE);
  root = await mkdtemp(join(tmpdir(), TEST_PREFIX));
});

afterAll(async () => {
  for (const project of projects) {
    await removeProject(project);
  }
  await docker("image", "rm", BUILT_IMAGE);
  await rm(root, { recursive: true, force: true });
});

const call = (program: string, args: readonly string[], cwd: string): Promise<RunResult> =>
  run(program, args, { cwd, env: inheritedEnvironment(), timeoutMs: TIMEOUT_MS });

/** Brings a stack up, looks at it, and takes it down again. */
async function standing(
  bringUp: (project: string) => Promise<RunResult>,
): Promise<Map<string, Standing[]>> {
  const project = testName();
  projects.push(project);
  const { exitCode, stdout, stderr } = await bringUp(project);
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  const all = await standingsOf(project);
  await removeProject(project);
  return all;
}

describe("a stack with", () => {
  it.each(CASES)("%s: %s", async (_, name) => {
    const { folder, options = [], files } = await writeStack(name, root, BUILT_IMAGE);
    const plain = await standing(async (project) => {
      const up = ["compose", "--project-name", project, "up", "--detach", "--wait"];
      const { exitCode, ...rest } = await call("docker", up, folder);
      // `--wait` fails for tasks that end, however well they end.
      const isDone = exitCode === 0 || /exited \(0\)/.test(rest.stderr);
      return { ...rest, exitCode: isDone ? 0 : exitCode };
    });
    const envFile = ".env" in files ? ["--env-file", join(folder, ".env")] : [];
    const ours = await standing((project) =>
      call(
        process.execPath,
        [CLI, "up", "--path", folder, "--project", project, ...envFile, ...options],
        folder,
      ),
    );

    expect([...ours.keys()].sort()).toEqual([...plain.keys()].sort());
    for (const [service, [one, ...more]] of plain) {
      const [other, ...others] = ours.get(service) ?? [];
      expect(others, service).toHaveLength(more.length);
      const { environment = {}, ...rest } = one ?? {};
      const { environment: variables = {}, ...remaining } = other ?? {};
      expect(remaining, service).toEqual(rest);
      // Ours may add variables, and replaces none.
      expect(variables, service).toEqual({
        ...variables,
        ...environment,
        HOSTNAME: variables.HOSTNAME,
      });
    }
  });
});
