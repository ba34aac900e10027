import { ensureCommandPlugin } from "./command-plugin.ts";
import type { SetupContext } from "./context.ts";
import { ensureDocker } from "./docker.ts";
import { ensureImages } from "./images.ts";
import { ensurePulumiCli } from "./pulumi-cli.ts";
import { ensureS3Server } from "./s3-server.ts";
import { ensureSshd } from "./sshd.ts";

const STEPS = {
  pulumi: ensurePulumiCli,
  plugin: ensureCommandPlugin,
  docker: ensureDocker,
  images: ensureImages,
  sshd: ensureSshd,
  s3: ensureS3Server,
} as const;

/** A part of the set-up. */
export type Step = keyof typeof STEPS;

/**
 * Makes sure of each part in turn. A part that is in order says so in one line.
 *
 * @throws SetupFailure at the first part that cannot go on
 */
export async function setUp(context: SetupContext, steps: readonly Step[]): Promise<void> {
  // What runs this has seen to both.
  context.report.ok(`Node ${process.versions.node} and the packages of package-lock.json`);
  for (const step of steps) {
    await STEPS[step](context);
  }
}
