/** Deployments as a command line names them. */
import type { StackChoice } from "./stack-target.ts";
import type { TargetOptions } from "./target.ts";

/** Options of a command about a deployment, named by its stack or by its compose project. */
export type NamedTarget = TargetOptions & StackChoice;

/** Options with the project filled in, and the words that are left for the command. */
export interface LocatedTarget<T extends NamedTarget> {
  readonly options: T;
  readonly words: readonly string[];
  /** Words that name the stack in a command; undefined where the options name a project. */
  readonly stack?: readonly string[];
  /** Services that the stack's last deploy declared, where known. */
  readonly services?: readonly string[] | undefined;
}
