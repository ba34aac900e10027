/** How commands that fail are written down. */
import type { Observed } from "../events.ts";
import type { ProgramCommand } from "../life.ts";

/** What is to be seen of a failing command, by phase, and which output the state holds then. */
export interface FailureCase extends ProgramCommand {
  readonly rule: string;
  /** Arguments that the second update changes; `gone` drops the command. */
  readonly next?: Readonly<Record<string, unknown>> | "gone";
  readonly creation: Observed;
  readonly change?: Observed;
  readonly deletion?: Observed;
  /** Standard output in the state after each phase; `null` where the state has no such command. */
  readonly stored: readonly [string | null, string | null, string | null];
}

/** Deadlines of two seconds, for every operation. */
export const LATE = { customTimeouts: { create: "2s", update: "2s", delete: "2s" } };

/** A variable, before and after a change, and that change. */
export const V1 = { environment: { V: "1" } };
export const V2 = { environment: { V: "2" } };
export const NEW_V = { "environment.V": "update" };

/** A creation that printed `made`. */
export const MADE: Observed = { ops: ["create"], stdout: "made", stderr: "", shown: ["made"] };

/** The program's commands at first. */
export function firstCommands(cases: readonly FailureCase[]): ProgramCommand[] {
  return cases.map(({ name, args, options = {} }) => ({ name, args, options }));
}

/** The program's commands after the change. */
export function changedCommands(cases: readonly FailureCase[]): ProgramCommand[] {
  return cases.flatMap(({ name, args, options = {}, next = {} }) =>
    next === "gone" ? [] : [{ name, args: { ...args, ...next }, options }],
  );
}
