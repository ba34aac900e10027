import type { CheckContext } from "./check-context.ts";
import type { Fault } from "./types.ts";

/** One check. */
export interface Check {
  readonly id: string;
  /** Problem that the check finds, for documentation. */
  readonly finds: string;
  /**
   * `lint`: the check applies only to files that compose runs as they are. In a deployment of this
   * package the generated override handles the problem.
   */
  readonly only?: "lint";
  readonly run: (context: CheckContext) => readonly Fault[];
}
