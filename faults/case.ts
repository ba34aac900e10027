/** Type of a fault case. */

import type { ComposeDocument } from "../testing/world/compose-file.ts";
import type { Level } from "../testing/world/level.ts";
import type { Trial } from "./trial.ts";

/** A fault, and the expected behavior of a deployment. */
export interface FaultCase {
  /** Number of the case, such as `RB05`. */
  readonly id: string;
  /** Short name, with hyphens. */
  readonly name: string;
  /** Levels to run on. The case survives if it survives on all of them. */
  readonly levels: readonly Level[];
  /** Fault that is injected, in a few words. */
  readonly injects: string;
  /** Expected behavior, in one sentence. */
  readonly expects: string;
  /** Maximum duration of any one operation of {@link run} in milliseconds, by level. */
  readonly boundMs: Readonly<Partial<Record<Level, number>>>;
  /**
   * Whether the outcome depends on chance, so that the case is run many times. Defaults to false.
   */
  readonly chaos?: boolean;
  /** Deadline of a start in seconds, for every subject. Defaults to 60. */
  readonly startTimeoutSeconds?: number;
  /**
   * Whether the path of the compose file contains spaces and a symbolic link; with a scripted
   * docker only. Defaults to false.
   */
  readonly awkwardPath?: boolean;
  /** Changes the compose file before the deployment is first started. */
  readonly prepare?: (file: ComposeDocument, level: Level) => void;
  /** Injects the fault, runs operations on the deployment and states what is expected of each. */
  run(trial: Trial): Promise<void>;
  /**
   * Steps of the recovery after the fault, except for the final `up`. Defaults to none: `up` alone
   * has to be enough. When an operation hung and had to be killed, the steps in the subject's
   * documentation run before.
   */
  readonly recover?: (trial: Trial) => Promise<void>;
}
