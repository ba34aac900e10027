/** One round: all that happens to a deployment in its life, on the real engine. */
import { deploy } from "../src/deployment/deploy.ts";
import { LagoDeployment } from "../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../src/deployment/options.ts";
import { planSubject } from "../src/deployment/plan.ts";
import { BUNDLED_LAGO_PATH } from "../src/deployment/spec.ts";
import { driftOf } from "../src/plan/drift.ts";
import { inheritedEnvironment } from "../src/process/environment.ts";
import { run } from "../src/process/run.ts";

const TIMEOUT_MS = 120_000;

/** The deployment of a soak. */
export type SoakOptions = LagoDeploymentOptions & { readonly projectName: string };

/** What is told of a step that is done. */
export type StepListener = (step: string, durationMs: number) => void;

/**
 * Up, up without a change, a changed setting, drift, heal, restart, destroy.
 *
 * @throws Error when something is not as it has to be after a step
 */
export async function soakRound(options: SoakOptions, onStep: StepListener): Promise<void> {
  const project = options.projectName;
  const step = async (name: string, work: () => Promise<unknown>) => {
    const startedMs = performance.now();
    await work();
    onStep(name, performance.now() - startedMs);
  };
  const deployment = new LagoDeployment(BUNDLED_LAGO_PATH, options);
  const changed = new LagoDeployment(BUNDLED_LAGO_PATH, {
    ...options,
    memoryLimits: { pdf: "256m" },
  });
  await step("up", () => deploy(deployment));
  await step("up without a change", () => deploy(deployment));
  await step("changed setting", () => deploy(changed));
  await step("drift", async () => {
    await docker("container", "stop", "--time", "1", `${project}-pdf-1`);
    await docker("container", "rm", "--force", `${project}-front-1`);
    await expectDrift(changed, ["front missing", "pdf exited"]);
  });
  await step("heal", async () => {
    await deploy(changed);
    await expectDrift(changed, []);
  });
  await step("restart", () => changed.restart(["pdf"]));
  await step("destroy", () => changed.stop({ removeVolumesOf: project }));
}

async function expectDrift(deployment: LagoDeployment, expected: readonly string[]): Promise<void> {
  const found = driftOf(await planSubject(deployment))
    .map(({ subject, kind }) => `${subject} ${kind}`)
    .sort();
  if (found.join() !== expected.join()) {
    throw new Error(`expected drift ${expected.join(", ") || "none"}, found ${found.join(", ")}`);
  }
}

async function docker(...args: string[]): Promise<void> {
  const result = await run("docker", args, { env: inheritedEnvironment(), timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw new Error(`docker ${args.join(" ")} ended with ${result.exitCode}: ${result.stderr}`);
  }
}
