/** Surroundings of an operation on a stack: messages, files, the signal to stop, and Pulumi. */
import type { RunResult } from "../process/run.ts";

/** Surroundings of an operation, without Pulumi. */
export interface StackContext {
  /** Folder of this project's own files on this machine. */
  readonly tools: string;
  readonly report: {
    /** Reports a step that is satisfied. */
    ok(line: string): void;
    /** Reports a change that begins: the change and its reason. */
    doing(line: string): void;
    /** Reports a fact that a person should know although nothing failed. */
    note(line: string): void;
  };
  /** Fires when a person or the system asks the process to stop. */
  readonly signal: AbortSignal;
}

/** A Pulumi CLI with its backend and passphrase. */
export interface StackPulumi {
  /** Runs a command on the terminal and returns its exit code. */
  attached(args: readonly string[]): Promise<number>;
  /** Runs a command and returns its output. */
  captured(args: readonly string[], timeoutMs: number): Promise<RunResult>;
}

/** Stack of an operation, and further arguments for Pulumi. */
export interface StackArguments {
  readonly stack: string;
  /** Arguments for Pulumi. */
  readonly rest: readonly string[];
}
