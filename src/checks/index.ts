/** What is not safe, or has no effect, in what is about to run. */
export { type PortDetails, type ServiceDetails, serviceDetails } from "./details.ts";
export { interpolate } from "./interpolate.ts";
export { CHECKS, runChecks } from "./run.ts";
export type { Check, Elsewhere, Finding, RunDescription, Severity } from "./types.ts";
