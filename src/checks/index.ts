/** Checks of a deployment: findings about parts that are not safe, or have no effect. */

export type { Check } from "./check.ts";
export { CHECKS, EXCEPTION_ID, inOrder, runChecks } from "./run.ts";
export type { Finding, RemoteEngine, RunDescription, Severity } from "./types.ts";
