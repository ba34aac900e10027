/** What is put to the test: a way to deploy Lago, as a few command lines. */

import type { Level } from "../../testing/world/level.ts";
import type { Settings, World } from "../../testing/world/world.ts";
import type { PulumiState } from "../invariants/i8-state.ts";

/** What a person does with a deployment. */
export type Operation = "up" | "down" | "status" | "preview" | "refresh";

/** A command line, as a person types it. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables beside those of the world. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How an operation ended. */
export interface Ended {
  readonly operation: Operation | "recovery";
  /** Undefined when the operation did not end by itself in the time it had, or was killed. */
  readonly exitCode: number | undefined;
  /** What a person saw: standard output, then standard error. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** Whether the case itself ended it. */
  readonly interrupted: boolean;
}

/** A subject at work in one world. */
export interface Deployment {
  /**
   * The command line of an operation, with what it needs already in place; undefined where the
   * subject has no such thing.
   */
  command(operation: Operation, settings: Settings): Promise<CommandLine | undefined>;
  /** What its documentation tells to type after it was killed, before the next `up`. */
  recovery(settings: Settings): Promise<readonly CommandLine[]>;
  /** What of its output a person takes for the error. */
  errorOf(ended: Ended): string;
  /** What an operation says that it changed; undefined where it says nothing of the kind. */
  changesOf(ended: Ended): readonly string[] | undefined;
  /** The exported state; undefined where the subject keeps none. */
  state?(): Promise<PulumiState>;
  /** Deletes its state, settings kept; undefined where the subject keeps none. */
  loseState?(): Promise<void>;
  /** Folders with what it keeps, where a secret may stand encrypted only. */
  readonly stateFolders: readonly string[];
  /** Locks that it holds, in words. */
  locks(): readonly string[];
  dispose(): Promise<void>;
}

/** A way to deploy Lago. */
export interface Subject {
  readonly name: string;
  /** For the heading of a table. */
  readonly title: string;
  /**
   * Whether it claims a kind of error by name and a next step with each. What cannot be asked of
   * others is judged by what they say: see `Failure`.
   */
  readonly ours: boolean;
  /** Whether it keeps others out while it is at work, by a lock of whatever kind. */
  readonly takesLock: boolean;
  /** Whether its status is compose's own table as it stands, of which it reads nothing. */
  readonly showsComposeTable: boolean;
  /** Versions of what only this subject is made of, by name. Defaults to none. */
  versions?(): Promise<Readonly<Record<string, string>>>;
  /** Why it cannot be tried on this machine; undefined when it can. */
  missing?(): Promise<string | undefined>;
  open(world: World, level: Level): Promise<Deployment>;
}
