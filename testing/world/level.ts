/** How much of a world is real. */

/**
 * What is real in a case: with `F` nothing but the subject, which meets a scripted docker; with `E`
 * the Pulumi engine too; with `D` a Docker daemon with stand-ins for Lago's images.
 */
export const LEVELS = ["F", "E", "D"] as const;

/** One of {@link LEVELS}. */
export type Level = (typeof LEVELS)[number];
