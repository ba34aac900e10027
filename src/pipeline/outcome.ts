/** The steps of a pipeline, and how they end. */

/** In one word. */
export const OUTCOMES = [
  /** The deployment is as declared, and nothing was or is to be done. */
  "no change",
  /** The next deploy changes something. */
  "changes",
  /** What was declared is deployed. */
  "deployed",
  /** The deployment is not as the last deploy left it. */
  "drift",
  /** What is to be deployed was refused before anything was touched. */
  "refused",
  /** It could not be found out, or a deploy did not get to its end. */
  "failed",
] as const;

/** One of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** A step of a pipeline. */
export type PipelineStep = "preview" | "deploy" | "drift";

/**
 * How long a deploy waits for another one of the stack, in seconds, unless told otherwise: 15 min. That
 * may have a start of 300 s before it, and images to pull.
 */
export const DEFAULT_STACK_LOCK_TIMEOUT_SECONDS = 900;
