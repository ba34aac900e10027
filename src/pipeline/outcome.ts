/** Steps of a pipeline, and their outcomes. */

/** Outcomes of a step. */
export const OUTCOMES = [
  /** The deployment is as declared; there is nothing to do. */
  "no change",
  /** The next deploy changes something. */
  "changes",
  /** The deployment was brought to its declaration. */
  "deployed",
  /** The deployment is not as the last deploy left it. */
  "drift",
  /** The program or its config was refused before anything was touched. */
  "refused",
  /** A deploy did not finish, or the state of the deployment could not be read. */
  "failed",
] as const;

/** An entry of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** Name of a pipeline step. */
export type PipelineStep = "preview" | "deploy" | "drift";

/**
 * Default time that a deploy waits for another deploy of the stack, in seconds: 15 minutes. The other
 * one may have to pull images and wait 300 s for a start.
 */
export const DEFAULT_STACK_LOCK_TIMEOUT_SECONDS = 900;
