import { ensureCommandPlugin } from "./command-plugin.ts";
import type { SetupContext } from "./context.ts";
import { ensureDocker } from "./docker.ts";
import { ensureImages } from "./images.ts";
import { ensurePulumiCli } from "./pulumi-cli.ts";

/** Ensures one part of the setup. */
export type SetupStep = (context: SetupContext) => Promise<void>;

/** The parts that a deployment needs. */
const STEPS = {
  pulumi: ensurePulumiCli,
  plugin: ensureCommandPlugin,
  docker: ensureDocker,
  images: ensureImages,
} as const satisfies Record<string, SetupStep>;

/** Name of a part that a deployment needs. */
export type Part = keyof typeof STEPS;

/**
 * Ensures each part in turn. A part that is in order is reported in one line.
 *
 * @param steps names of parts that a deployment needs, and the caller's own steps
 * @throws SetupFailure at the first part that fails
 */
export async function setUp(
  context: SetupContext,
  steps: readonly (Part | SetupStep)[],
): Promise<void> {
  // The bootstrap has already ensured both.
  context.report.ok(`Node ${process.versions.node} and the packages of package-lock.json`);
  for (const step of steps) {
    await (typeof step === "string" ? STEPS[step] : step)(context);
  }
}
