/** What a fault case is. */

import type { ComposeDocument } from "../testing/world/compose-file.ts";
import type { Level } from "../testing/world/level.ts";
import type { Trial } from "./trial.ts";

/** One fault, and what a deployment is expected to make of it. */
export interface FaultCase {
  /** Its number, such as `RB05`. */
  readonly id: string;
  /** A few words with hyphens between. */
  readonly name: string;
  /** Where it is tried; it survives when it does on all of them. */
  readonly levels: readonly Level[];
  /** What is done to the deployment, in a few words. */
  readonly injects: string;
  /** What is expected, in one sentence. */
  readonly expects: string;
  /** Most milliseconds that any one operation of {@link run} may take, by level. */
  readonly boundMs: Readonly<Partial<Record<Level, number>>>;
  /** Whether chance has a part in it, so that it is run many times. Defaults to false. */
  readonly chaos?: boolean;
  /** Seconds that every subject is given for a start. Defaults to 60. */
  readonly startTimeoutSeconds?: number;
  /**
   * Whether the compose file is reached by a path with spaces in it and a symbolic link; with a
   * scripted docker only. Defaults to false.
   */
  readonly awkwardPath?: boolean;
  /** Changes the compose file before the deployment is first started. */
  readonly prepare?: (file: ComposeDocument, level: Level) => void;
  /** Injects the fault, operates the deployment and states what is expected of each operation. */
  run(trial: Trial): Promise<void>;
  /**
   * The stated recovery, once the fault is gone, up to but without the `up` that ends each one.
   * Defaults to nothing: plain `up` has to be enough. Where an operation had to be killed because it
   * did not end, what the subject's documentation tells for that is typed before.
   */
  readonly recover?: (trial: Trial) => Promise<void>;
}
