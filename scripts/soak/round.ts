/** One round of a deployment's life on the real engine, each step checked. */

import { verifiedBundledPath } from "../../src/deployment/bundled-file.ts";
import { deploy } from "../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../src/deployment/options.ts";
import { mustSucceed } from "../setup/command.ts";
import type { SetupContext } from "../setup/context.ts";

const COMMAND_TIMEOUT_MS = 120_000;

/** What to deploy again and again. */
export interface Subject {
  readonly projectName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: { readonly api: number; readonly front: number };
}

/** How long each step of a round took, in milliseconds, in the order of the steps. */
export type Durations = Readonly<Record<string, number>>;

/**
 * Up, up again, a changed setting, a stopped service, healed, restart, a look by the command line,
 * and destroyed.
 *
 * @throws Error when a step did not do what it says
 */
export async function liveThrough(context: SetupContext, subject: Subject): Promise<Durations> {
  const durations: Record<string, number> = {};
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    context.signal.throwIfAborted();
    const startedAt = performance.now();
    const result = await work();
    durations[name] = performance.now() - startedAt;
    return result;
  };
  const first = deploymentOf(context, subject, {});
  const changed = deploymentOf(context, subject, { LAGO_DISABLE_SIGNUP: "true" });

  const before = idsOf(await step("up", () => deploy(first)));
  const again = idsOf(await step("no-op up", () => deploy(first)));
  expectSame("a second up", before, again, ["api", "api-worker", "db", "redis"]);

  const after = idsOf(await step("changed setting", () => deploy(changed)));
  expectOther("a changed setting", again, after, ["api"]);
  expectSame("a changed setting", again, after, ["db", "redis"]);

  await step("drift", () => docker(context, ["container", "stop", after.get("api-worker") ?? ""]));
  const healed = await step("heal", () => deploy(changed));
  expectSame("healing", after, idsOf(healed), ["api", "api-worker", "db", "redis"]);
  expectRunning("healing", healed.services);

  await step("restart", () => changed.restart());
  await step("status and logs", async () => {
    for (const command of [
      ["status", "--json"],
      ["logs", "--tail", "20"],
    ]) {
      await cli(context, [...command, "--project", subject.projectName]);
    }
  });
  await step("destroy", () => changed.stop());
  const left = await changed.status();
  if (left.containers.length > 0) {
    throw new Error(`destroy left ${left.containers.map(({ name }) => name).join(", ")}`);
  }
  return durations;
}

/** Removes the project with its volumes; harmless when there is nothing. */
export async function removeAll(context: SetupContext, subject: Subject): Promise<void> {
  // Also when the soak itself was asked to end.
  const unstoppable = { ...context, signal: new AbortController().signal };
  await deploymentOf(unstoppable, subject, {}).stop({ removeVolumesOf: subject.projectName });
}

function deploymentOf(
  context: SetupContext,
  { environment, ...subject }: Subject,
  settings: Readonly<Record<string, string>>,
): LagoDeployment {
  const options: LagoDeploymentOptions = {
    ...subject,
    environment: { ...environment, ...settings },
    signal: context.signal,
  };
  return new LagoDeployment(verifiedBundledPath(), options);
}

type Ids = ReadonlyMap<string, string>;

function idsOf(status: Awaited<ReturnType<typeof deploy>>): Ids {
  return new Map(status.containers.map(({ service, id }) => [service, id]));
}

function expectSame(what: string, before: Ids, after: Ids, services: readonly string[]): void {
  const other = services.filter((service) => before.get(service) !== after.get(service));
  if (other.length > 0) {
    throw new Error(`${what} made new containers for ${other.join(", ")}`);
  }
}

function expectOther(what: string, before: Ids, after: Ids, services: readonly string[]): void {
  const same = services.filter((service) => before.get(service) === after.get(service));
  if (same.length > 0) {
    throw new Error(`${what} left ${same.join(", ")} as it was`);
  }
}

function expectRunning(what: string, services: readonly [name: string, status: string][]): void {
  const stopped = services.filter(([name, status]) => name !== "migrate" && status !== "Running");
  if (stopped.length > 0) {
    throw new Error(`${what} left ${stopped.join("; ")}`);
  }
}

async function docker(context: SetupContext, args: readonly string[]): Promise<void> {
  const command = { program: "docker", args, timeoutMs: COMMAND_TIMEOUT_MS };
  await mustSucceed(context, command, `docker ${args.join(" ")}`, "Run the soak again.");
}

async function cli(context: SetupContext, args: readonly string[]): Promise<void> {
  const command = {
    program: process.execPath,
    args: [`${context.root}/src/cli/bin.ts`, ...args],
    timeoutMs: COMMAND_TIMEOUT_MS,
  };
  await mustSucceed(context, command, `z-billing-lago ${args.join(" ")}`, "Run the soak again.");
}
