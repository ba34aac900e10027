/** Starts fresh Node processes to measure in. */
import { join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { type Outcome, parseOutcome, type Task } from "./task.ts";

const TIMEOUT_MS = 120_000;

/** Options of a program in a fresh process. */
export interface ProbeOptions {
  readonly cwd?: string;
  readonly lockFolder?: string;
  readonly signal: AbortSignal;
}

/**
 * Returns the output of a program. Its environment holds only the variables that all child
 * processes inherit, and Node's compile cache is empty.
 *
 * @throws Error when it fails
 */
export async function runProbe(
  file: string,
  args: readonly string[],
  { cwd, lockFolder, signal }: ProbeOptions,
): Promise<string> {
  const locks = lockFolder === undefined ? {} : { [LOCK_FOLDER_VARIABLE]: lockFolder };
  const { exitCode, stdout, stderr } = await run(process.execPath, [file, ...args], {
    env: { ...inheritedEnvironment(), ...locks },
    timeoutMs: TIMEOUT_MS,
    signal,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (exitCode !== 0) {
    throw new Error(`${file} ended with ${exitCode}: ${stderr}`);
  }
  return stdout;
}

/** Makes calls in a fresh process. */
export async function callFresh(task: Task, options: ProbeOptions): Promise<Outcome> {
  const file = join(import.meta.dirname, "main.ts");
  return parseOutcome(await runProbe(file, [JSON.stringify(task)], options));
}
