/**
 * An update with nothing to do asks docker no more than is recorded here, and changes nothing. It is
 * counted and not timed: with the real Pulumi, and a scripted docker before a modeled engine.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { ours } from "../../faults/subjects/ours.ts";
import type { Deployment } from "../../faults/subjects/subject.ts";
import { run } from "../../src/process/run.ts";
import type { Call } from "../../testing/scripted-docker/calls.ts";
import { INNER } from "../../testing/scripted-docker/scripted-engine.ts";
import { createFakeWorld, type FakeWorld } from "../../testing/world/fake-world.ts";

/** Processes of docker and compose in an update with nothing to do, its refresh included. */
const PROCESSES = 8;

let world: FakeWorld;
let deployment: Deployment;

beforeAll(async () => {
  world = await createFakeWorld("E", () => {});
  deployment = await ours.open(world, "E");
});

afterAll(async () => {
  await deployment?.dispose();
  await world?.dispose();
});

async function up(): Promise<string> {
  const settings = { environment: world.secrets, startTimeoutSeconds: 60 };
  const line = await deployment.command("up", settings);
  if (line === undefined) {
    throw new Error("there is no up");
  }
  const { program, args, cwd, environment } = line;
  const env = { ...world.environment, ...environment };
  const result = await run(program, args, { cwd, env, timeoutMs: 120_000 });
  expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
  return result.stdout;
}

/** Processes that a call starts: docker, and the compose plugin behind it. */
function processesOf({ args }: Call): number {
  return args.includes("compose") ? 2 : 1;
}

it(`starts ${PROCESSES} processes of docker and compose at most, and changes nothing`, async () => {
  await up();
  const before = world.docker.calls().length;
  const output = await up();
  const calls = world.docker
    .calls()
    .slice(before)
    // The script that answers the engine's API asks the scripted docker; a real engine has no such processes.
    .filter(({ env }) => env[INNER] === undefined);
  const verbs = calls.map(({ verb }) => verb);
  expect(verbs).not.toContain("up");
  expect(verbs).not.toContain("pull");
  const processes = calls.reduce((sum, call) => sum + processesOf(call), 0);
  expect(processes, verbs.join(", ")).toBeLessThanOrEqual(PROCESSES);
  expect(output).toMatch(/^Resources:\n +\d+ unchanged$/m);
});
