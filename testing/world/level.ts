/** Levels: how much of a world is real. */

/**
 * Real parts of a case. `F`: only the subject, with a scripted docker. `E`: also the Pulumi engine.
 * `D`: also a Docker daemon, with stand-ins for Lago's images.
 */
export const LEVELS = ["F", "E", "D"] as const;

/** A level of {@link LEVELS}. */
export type Level = (typeof LEVELS)[number];
