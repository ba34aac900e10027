/** Runs one command line of a subject, watched from outside. */
import { ProcessFailure } from "../src/process/failure.ts";
import { type RunResult, run } from "../src/process/run.ts";
import type { EndStep } from "../src/process/terminate.ts";
import type { World } from "../testing/world/world.ts";
import type { CommandLine, Ended } from "./subjects/subject.ts";
import type { SecretSearch } from "./watch/secret-search.ts";
import { watchSecrets } from "./watch/secret-watch.ts";

/** Intervention of a case in an operation. */
export interface Control {
  /** Variables that override all others, such as another `PATH`. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Called with the id of the process, which leads its own process group like a job of a shell. The
   * case takes control: the end of the process is not judged.
   */
  readonly onStart?: (pid: number) => void;
  /** Sends a signal, like a terminal's Ctrl-C to the whole group. */
  readonly interrupt?: {
    readonly afterMs: number;
    readonly signal: NodeJS.Signals;
    readonly whom: "process" | "group";
  };
}

/** Command line to run, and its circumstances. */
export interface Performance {
  readonly operation: Ended["operation"];
  readonly line: CommandLine;
  /** Time in milliseconds until the command is killed from outside. */
  readonly timeoutMs: number;
  readonly world: World;
  readonly search: SecretSearch;
  readonly signal: AbortSignal;
}

/** Signals that a person sends to a command that does not end: Ctrl-C, and then SIGKILL. */
const END_STEPS: readonly EndStep[] = [
  { signal: "SIGINT", waitMs: 5_000 },
  { signal: "SIGKILL", waitMs: 1_000 },
];

/** A shell's exit code and message for a program that is not on the PATH. */
const NOT_FOUND = 127;

/**
 * Runs a command line to its end, or kills it. Reports how it ended, and where secrets were seen
 * meanwhile.
 */
export async function perform(
  { operation, line, timeoutMs, world, search, signal }: Performance,
  control: Control,
): Promise<{ readonly ended: Ended; readonly watched: readonly string[] }> {
  const startedAt = performance.now();
  const watch = watchSecrets(search, world.temporaryFolder);
  let timer: NodeJS.Timeout | undefined;
  const onStart = (pid: number) => {
    control.onStart?.(pid);
    if (control.interrupt !== undefined) {
      const { afterMs, signal: name, whom } = control.interrupt;
      timer = setTimeout(() => sendSignal(whom === "group" ? -pid : pid, name), afterMs);
    }
  };
  try {
    const result = await run(line.program, line.args, {
      cwd: line.cwd,
      env: { ...world.environment, ...line.environment, ...control.environment },
      timeoutMs,
      signal,
      onStart,
      endSteps: END_STEPS,
    }).catch((error: unknown) => failed(error));
    const { exitCode, stdout, stderr } = result;
    const ended: Ended = {
      operation,
      exitCode,
      stdout,
      stderr,
      output: [stdout, stderr].filter((text) => text !== "").join("\n"),
      durationMs: performance.now() - startedAt,
      interrupted: control.interrupt !== undefined || control.onStart !== undefined,
    };
    return { ended, watched: watch.stop() };
  } finally {
    clearTimeout(timer);
    watch.stop();
  }
}

type Shown = Pick<RunResult, "stdout" | "stderr"> & { readonly exitCode: number | undefined };

function failed(error: unknown): Shown {
  if (!(error instanceof ProcessFailure)) {
    throw error;
  }
  if (error.kind === "not-found") {
    const stderr = `${error.program}: command not found`;
    return { exitCode: NOT_FOUND, stdout: "", stderr };
  }
  if (error.kind === "spawn-failed") {
    throw error;
  }
  return { exitCode: undefined, stdout: "", stderr: error.output };
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process has already ended.
  }
}
