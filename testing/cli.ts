/** Runs the command line in a process of its own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../src/lock/file-lock.ts";
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";
import { COMPILE_CACHE, ROOT } from "./folders.ts";
import { FAR_AWAY, type FakeHost } from "./scripted-docker/fake-host.ts";

/** File of the program `z-billing-lago`. */
export const CLI = join(ROOT, "src/cli/bin.ts");

/** Interpreter of the file's first line, split as the kernel does: a program and one argument. */
export function interpreter(): [program: string, argument: string] {
  const [, program, argument] = /^#!(\S+) (.*)/.exec(readFileSync(CLI, "utf8")) ?? [];
  if (program === undefined || argument === undefined) {
    throw new Error(`${CLI} does not say what runs it`);
  }
  return [program, argument];
}

/** Runs the command line with a fake docker and an otherwise empty environment. */
export function runCli(
  host: Pick<FakeHost, "path">,
  args: readonly string[],
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const [program, argument] = interpreter();
  return run(program, [argument, CLI, ...args], {
    timeoutMs: 25_000,
    ...options,
    env: {
      PATH: host.path,
      DOCKER_HOST: FAR_AWAY,
      [LOCK_FOLDER_VARIABLE]: process.env[LOCK_FOLDER_VARIABLE] ?? "",
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...options.env,
    },
  });
}
