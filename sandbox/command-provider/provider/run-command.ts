/**
 * Runs one command. Unlike the project's runner this file matches the official provider: only the
 * direct child is killed, all output is kept byte for byte, and no other code of the project is
 * available in the plugins folder.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { commandError, endReason, systemErrorText } from "./error-text.ts";
import { checkFolder, findProgram } from "./find-program.ts";
import type { LineLog } from "./line-log.ts";

/** A command and its working directory. */
export interface CommandLine {
  /** Program and arguments to which the command is appended. */
  readonly interpreter: readonly string[];
  readonly command: string;
  readonly dir: string;
  /** Complete environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Text for standard input; empty means end of file. */
  readonly stdin: string;
  /** Streams that are also written to the log while the command runs. */
  readonly logged: { readonly stdout: boolean; readonly stderr: boolean };
}

/** Output of a command, byte for byte. */
export interface CommandOutput {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/**
 * Runs a command to its end. When `signal` fires the direct child gets SIGKILL; the call returns
 * when every process that holds its output has ended.
 *
 * @throws Error `<reason>: running "<command>":` and the output, when the command cannot be
 * started or does not end with exit code 0.
 */
export async function runCommand(
  line: CommandLine,
  log: LineLog,
  signal: AbortSignal,
): Promise<CommandOutput> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const both: Buffer[] = [];
  try {
    const child = await start(line, signal);
    const ended = endOf(child);
    const kill = () => child.kill("SIGKILL");
    signal.addEventListener("abort", kill, { once: true });
    collect(child, "stdout", [stdout, both], line.logged.stdout ? log : undefined);
    collect(child, "stderr", [stderr, both], line.logged.stderr ? log : undefined);
    const reason = await ended;
    signal.removeEventListener("abort", kill);
    await log.end();
    if (reason !== undefined) {
      throw new Error(reason);
    }
  } catch (error) {
    throw commandError(error, line.command, Buffer.concat(both));
  }
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}

async function start(line: CommandLine, signal: AbortSignal): Promise<ChildProcess> {
  const [name = "", ...args] = line.interpreter;
  const program = findProgram(name);
  if (signal.aborted) {
    throw signal.reason;
  }
  if (Object.entries(line.env).some(([key, value]) => `${key}${value}`.includes("\0"))) {
    throw new Error("exec: environment variable contains NUL");
  }
  const notStarted = (why: string) => new Error(`fork/exec ${program}: ${why}`);
  if (line.command.includes("\0")) {
    throw notStarted("invalid argument");
  }
  checkFolder(line.dir);
  try {
    const child = spawn(program, [...args, line.command], {
      argv0: name,
      cwd: line.dir,
      env: line.env,
      stdio: [line.stdin === "" ? "ignore" : "pipe", "pipe", "pipe"],
    });
    await new Promise((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    // A command may end without reading its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(line.stdin);
    return child;
  } catch (error) {
    throw notStarted(systemErrorText(error));
  }
}

function endOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve(endReason(code, signal)));
  });
}

function collect(
  child: ChildProcess,
  name: "stdout" | "stderr",
  keepers: readonly Buffer[][],
  log: LineLog | undefined,
): void {
  child[name]?.on("data", (chunk: Buffer) => {
    for (const keeper of keepers) {
      keeper.push(chunk);
    }
    if (log?.push(chunk) === false) {
      child[name]?.pause();
      log.whenTaken(() => child[name]?.resume());
    }
  });
}
