/**
 * Calls of compose by each library. Only the measured library is loaded, so that the memory of a
 * process is the library's. All calls name the project and read no compose file.
 */
import type { Library, Task } from "./task.ts";

/** Number of log lines to read. */
export const TAIL_LINES = 100;

/** A folder without a compose file. */
const FOLDER = "/";

const TIMEOUT_MS = 120_000;

/** Makes a call, and returns the number of lines, or of containers, in its result. */
export type Call = () => Promise<number>;

/** Prepares the calls of a task. */
export async function prepare(task: Task): Promise<Call> {
  return await LOADED[task.library](task);
}

const LOADED: Readonly<Record<Library, (task: Task) => Promise<Call>>> = {
  library: async ({ call, project: name, service }) => {
    const { ComposeProject } = await import("z-billing-lago");
    const project = new ComposeProject(name);
    const calls: Record<Task["call"], Call> = {
      status: async () => (await project.status()).containers.length,
      logs: async () => linesIn(await project.logs(service, TAIL_LINES)),
      stop: async () => nothing(await project.stopServices([service])),
      restart: async () => nothing(await project.restart([service])),
    };
    return calls[call];
  },
  npm: async ({ call, project, service }) => {
    const { logs, ps, restartOne, stopOne } = await import("docker-compose");
    const { inheritedEnvironment } = await import("../../src/process/environment.ts");
    const options = {
      cwd: FOLDER,
      env: inheritedEnvironment(),
      composeOptions: ["--project-name", project],
    };
    const json = { ...options, commandOptions: ["--all", ["--format", "json"]] };
    const tail = { ...options, commandOptions: ["--no-color", `--tail=${TAIL_LINES}`] };
    const calls: Record<Task["call"], Call> = {
      status: async () => (await ps(json)).data.services.length,
      logs: async () => linesIn((await logs(service, tail)).out),
      stop: async () => nothing(await stopOne(service, options)),
      restart: async () => nothing(await restartOne(service, options)),
    };
    return calls[call];
  },
  compose: async ({ call, project, service }) => {
    const { run } = await import("../../src/process/run.ts");
    const { inheritedEnvironment } = await import("../../src/process/environment.ts");
    const args: Record<Task["call"], readonly string[]> = {
      status: ["ps", "--all", "--format", "json"],
      logs: ["logs", "--no-color", `--tail=${TAIL_LINES}`, service],
      stop: ["stop", service],
      restart: ["restart", service],
    };
    return async () => {
      const line = ["compose", "--project-name", project, ...args[call]];
      const options = { cwd: FOLDER, env: inheritedEnvironment(), timeoutMs: TIMEOUT_MS };
      const { exitCode, stdout, stderr } = await run("docker", line, options);
      if (exitCode !== 0) {
        throw new Error(`docker ${line.join(" ")} ended with ${exitCode}: ${stderr}`);
      }
      return linesIn(stdout);
    };
  },
};

function linesIn(text: string): number {
  return text.split("\n").filter((line) => line !== "").length;
}

function nothing(_: unknown): number {
  return 0;
}
