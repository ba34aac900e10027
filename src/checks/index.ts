/** What is not safe, or has no effect, in what is about to run. */

export type { Check } from "./check.ts";
export { CHECKS, runChecks } from "./run.ts";
export type { Elsewhere, Finding, RunDescription, Severity } from "./types.ts";
