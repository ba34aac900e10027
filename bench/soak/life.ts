/** One round of a deployment's life on the real engine by the library, each step checked. */
import { join } from "node:path";
import { deploy } from "../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import { verifiedBundledPath } from "../../src/lago/bundled-file.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { docker } from "../../testing/docker.ts";
import { ROOT } from "../../testing/folders.ts";

const CLI = join(ROOT, "src/cli/bin.ts");
const CLI_TIMEOUT_MS = 120_000;

/** A deployment that goes through the rounds. */
export interface Subject {
  readonly projectName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: { readonly api: number; readonly front: number };
}

/**
 * Runs up, up again, a changed setting, a stopped service, its repair, a restart, a status of the
 * command line, and destroy.
 *
 * @throws Error when a step fails
 */
export async function liveThrough(subject: Subject, signal: AbortSignal): Promise<void> {
  const first = deploymentOf(subject, {}, signal);
  const changed = deploymentOf(subject, { LAGO_DISABLE_SIGNUP: "true" }, signal);

  const before = idsOf(await deploy(first));
  const again = idsOf(await deploy(first));
  expectSame("a second up", before, again, ["api", "api-worker", "db", "redis"]);

  const after = idsOf(await deploy(changed));
  expectOther("a changed setting", again, after, ["api"]);
  expectSame("a changed setting", again, after, ["db", "redis"]);

  await docker("container", "stop", after.get("api-worker") ?? "");
  const healed = await deploy(changed);
  expectSame("healing", after, idsOf(healed), ["api", "api-worker", "db", "redis"]);
  expectRunning("healing", healed.services);

  await changed.restart();
  await cli(["status", "--json", "--project", subject.projectName], signal);
  await cli(["logs", "--tail", "20", "--project", subject.projectName], signal);
  await changed.stop();
  const left = await changed.status();
  if (left.containers.length > 0) {
    throw new Error(`destroy left ${left.containers.map(({ name }) => name).join(", ")}`);
  }
}

/** Removes the project with its volumes; harmless without one. */
export async function removeAll(subject: Subject): Promise<void> {
  // Runs to its end also when the soak is asked to stop.
  const unstoppable = new AbortController().signal;
  await deploymentOf(subject, {}, unstoppable).stop({ removeVolumesOf: subject.projectName });
}

function deploymentOf(
  { environment, ...subject }: Subject,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): LagoDeployment {
  return new LagoDeployment(verifiedBundledPath(), {
    ...subject,
    environment: { ...environment, ...settings },
    signal,
  });
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

async function cli(args: readonly string[], signal: AbortSignal): Promise<void> {
  const options = { env: inheritedEnvironment(), timeoutMs: CLI_TIMEOUT_MS, signal };
  const { exitCode, stderr } = await run(process.execPath, [CLI, ...args], options);
  if (exitCode !== 0) {
    throw new Error(`z-billing-lago ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
  }
}
