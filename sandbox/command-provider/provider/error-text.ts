/**
 * Error messages in the official provider's words. The official provider is written in Go, whose
 * standard library defines the words for exit codes, signals and failed starts; users search for
 * these words.
 */
import { StatusError, statusOf } from "./status-error.ts";

/** Message for a command that failed. */
export function commandError(reason: unknown, command: string, output: Buffer): Error {
  const words = reason instanceof Error ? reason.message : String(reason);
  return new StatusError(
    statusOf(reason),
    `${words}: running ${quote(command)}:\n${output.toString("utf8")}`,
  );
}

/** Describes how a process ended; undefined for success. */
export function endReason(
  exitCode: number | null,
  signal: NodeJS.Signals | null,
): string | undefined {
  if (signal !== null) {
    return `signal: ${SIGNALS[signal] ?? signal.toLowerCase()}`;
  }
  return exitCode === 0 ? undefined : `exit status ${exitCode ?? "unknown"}`;
}

/** Describes an error of the operating system, by its code. */
export function systemErrorText(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return SYSTEM_ERRORS[code] ?? (error instanceof Error ? error.message : String(error));
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  E2BIG: "argument list too long",
  EACCES: "permission denied",
  EAGAIN: "resource temporarily unavailable",
  ELOOP: "too many levels of symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "file name too long",
  ENOENT: "no such file or directory",
  ENOEXEC: "exec format error",
  ENOMEM: "cannot allocate memory",
  ENOTDIR: "not a directory",
  EPERM: "operation not permitted",
  ETXTBSY: "text file busy",
};

const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: "aborted",
  SIGALRM: "alarm clock",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGHUP: "hangup",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGKILL: "killed",
  SIGPIPE: "broken pipe",
  SIGQUIT: "quit",
  SIGSEGV: "segmentation fault",
  SIGSYS: "bad system call",
  SIGTERM: "terminated",
  SIGTRAP: "trace/breakpoint trap",
  SIGUSR1: "user defined signal 1",
  SIGUSR2: "user defined signal 2",
  SIGXCPU: "CPU time limit exceeded",
  SIGXFSZ: "file size limit exceeded",
};

const ESCAPES: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};

/** Quotes a string and escapes every non-printing character (Go's `%q`). */
export function quote(text: string): string {
  return `"${Array.from(text, quoteCharacter).join("")}"`;
}

function quoteCharacter(character: string): string {
  const short = ESCAPES[character];
  if (short !== undefined) {
    return short;
  }
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) {
    return character;
  }
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) {
    return `\\x${code.toString(16).padStart(2, "0")}`;
  }
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
