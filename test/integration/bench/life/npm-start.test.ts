/** `npm start` is typed in a copy of the checkout, with the stack and the state of its `pulumi up`. */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { npmStart } from "../../../../bench/life/npm-start.ts";
import { USAGE_EXIT_CODE } from "../../../../setup/failure.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { run } from "../../../../src/process/run.ts";
import { makeCheckout } from "../../../../testing/checkout.ts";

it("runs the scripts of the copy, with folders below the world", async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "zbl-test-bench-")));
  onTestFinished(() => rm(folder, { recursive: true }));
  const up = {
    ...{ program: "pulumi", args: ["up"], cwd: await makeCheckout(join(folder, "checkout"), true) },
    environment: { PULUMI_BACKEND_URL: "file:///nowhere", PULUMI_HOME: "/nowhere" },
  };
  const { program, args, cwd, environment } = await npmStart(up, { folder, project: "lago-x" });
  expect([program, ...args]).toEqual(["npm", "start", "--", "--stack", "lago-x"]);
  expect(cwd).toBe(up.cwd);
  expect(environment.PULUMI_BACKEND_URL).toBe(up.environment.PULUMI_BACKEND_URL);
  for (const name of ["PULUMI_HOME", "Z_BILLING_LAGO_HOME", "npm_config_cache"]) {
    expect(environment[name]).toMatch(`${folder}/`);
  }

  // Refused by the script itself: before, the bootstrap has found Node and the packages in order.
  const { exitCode, stderr } = await run(program, [...args, "and more"], {
    ...{ cwd, timeoutMs: 30_000, env: { ...inheritedEnvironment(), ...environment } },
  });
  expect(stderr).toContain('!!  "--stack lago-x and more" is not understood.');
  expect(exitCode).toBe(USAGE_EXIT_CODE);
});
