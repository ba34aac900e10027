import type { Subject } from "./subject.ts";
import type { Fault } from "./types.ts";

/** One check. */
export interface Check {
  readonly id: string;
  /** What it finds, for documentation. */
  readonly finds: string;
  /**
   * `lint`: only where compose is to run the files as they are; in a deployment of ours the generated
   * override takes care of it.
   */
  readonly only?: "lint";
  readonly run: (subject: Subject) => readonly Fault[];
}
