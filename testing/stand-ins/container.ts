/** Single stand-in containers, started by plain `docker run`. */
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { type RunResult, run } from "../../src/process/run.ts";
import { docker, testName } from "../docker.ts";

const TIMEOUT_MS = 60_000;

/** Options of a container. */
export interface ContainerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly network?: string;
  /** Volumes as `name:/folder`. */
  readonly volumes?: readonly string[];
}

const started: string[] = [];

/** Runs a container to its end and returns its exit code and output. */
export async function runContainer(
  image: string,
  command: readonly string[],
  options: ContainerOptions = {},
): Promise<RunResult> {
  return run("docker", ["run", "--rm", ...argumentsOf(testName(), options), image, ...command], {
    env: { ...inheritedEnvironment(), ...options.environment },
    timeoutMs: TIMEOUT_MS,
  });
}

/** Starts a container that runs until {@link removeContainers}; returns its name. */
export async function startContainer(
  image: string,
  command: readonly string[],
  options: ContainerOptions = {},
): Promise<string> {
  const name = testName();
  started.push(name);
  const args = ["run", "--detach", ...argumentsOf(name, options), image, ...command];
  const env = { ...inheritedEnvironment(), ...options.environment };
  const result = await run("docker", args, { env, timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw new Error(`${image} was not started: ${result.stderr}`);
  }
  return name;
}

/** Runs a program inside a container. Any exit code is accepted. */
export function inside(container: string, ...command: string[]): Promise<RunResult> {
  const env = inheritedEnvironment();
  return run("docker", ["exec", container, ...command], { env, timeoutMs: TIMEOUT_MS });
}

/** Waits for a container's end and returns its exit code. */
export async function exitCodeOf(container: string): Promise<number> {
  return Number(await docker("wait", container));
}

/** Removes the containers of {@link startContainer}. */
export async function removeContainers(): Promise<void> {
  const names = started.splice(0);
  if (names.length > 0) {
    await docker("rm", "--force", "--volumes", ...names);
  }
}

/** Arguments of `docker run`. Values are passed by docker's environment, not in arguments. */
function argumentsOf(name: string, options: ContainerOptions): string[] {
  return [
    `--name=${name}`,
    ...(options.network === undefined ? [] : [`--network=${options.network}`]),
    ...(options.volumes ?? []).map((volume) => `--volume=${volume}`),
    ...Object.keys(options.environment ?? {}).map((variable) => `--env=${variable}`),
  ];
}
