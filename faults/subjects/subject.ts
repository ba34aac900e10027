/** A subject: a way to deploy Lago, as a few command lines. */

import type { Level } from "../../testing/world/level.ts";
import type { Settings, World } from "../../testing/world/world.ts";
import type { PulumiState } from "../invariants/i8-state.ts";

/** An operation on a deployment. */
export type Operation = "up" | "down" | "status" | "preview" | "refresh";

/** A command line, as a person types it. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables in addition to those of the world. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Result of an operation. */
export interface Ended {
  readonly operation: Operation | "recovery";
  /** Undefined when the operation was killed, or did not end in time. */
  readonly exitCode: number | undefined;
  /** Standard output, followed by standard error. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** Whether the case itself ended the operation. */
  readonly interrupted: boolean;
}

/** A subject in one world. */
export interface Deployment {
  /**
   * Returns the command line of an operation, after its preparation; undefined when the subject has
   * no such operation.
   */
  command(operation: Operation, settings: Settings): Promise<CommandLine | undefined>;
  /**
   * Returns the command lines that its documentation prescribes after it was killed, before the
   * next `up`.
   */
  recovery(settings: Settings): Promise<readonly CommandLine[]>;
  /** Returns the part of the output that a person takes for the error. */
  errorOf(ended: Ended): string;
  /** Returns the changes that an operation reports; undefined if it reports none of any kind. */
  changesOf(ended: Ended): readonly string[] | undefined;
  /** Exports the state; undefined when the subject keeps none. */
  state?(): Promise<PulumiState>;
  /** Deletes the state and keeps the settings; undefined when the subject keeps none. */
  loseState?(): Promise<void>;
  /** Folders with state, in which secrets may be stored encrypted only. */
  readonly stateFolders: readonly string[];
  /** Lists held locks, in words. */
  locks(): readonly string[];
  dispose(): Promise<void>;
}

/** A way to deploy Lago. */
export interface Subject {
  readonly name: string;
  /** Title for the heading of a table. */
  readonly title: string;
  /**
   * Whether the subject claims a kind of error by name and a next step with each. Other subjects
   * are judged by their output: see `Failure`.
   */
  readonly ours: boolean;
  /** Whether the subject locks others out while it runs, by any kind of lock. */
  readonly takesLock: boolean;
  /** Whether its status is compose's own table, unparsed. */
  readonly showsComposeTable: boolean;
  /** Returns versions of programs that only this subject uses, by name. Defaults to none. */
  versions?(): Promise<Readonly<Record<string, string>>>;
  /** Explains why the subject cannot run on this machine; undefined when it can. */
  missing?(): Promise<string | undefined>;
  open(world: World, level: Level): Promise<Deployment>;
}
