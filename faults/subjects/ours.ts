/** This project: the command line, and the Pulumi program of the checkout. */
import { join } from "node:path";
import { makeCheckout } from "../../testing/checkout.ts";
import type { World } from "../../testing/world/world.ts";
import { openCli } from "./ours-cli.ts";
import { ownLocks } from "./ours-locks.ts";
import { portsOf } from "./ports.ts";
import { openPulumi } from "./pulumi.ts";
import type { Subject } from "./subject.ts";

/** z-billing-lago. */
export const ours: Subject = {
  name: "ours",
  title: "z-billing-lago",
  ours: true,
  takesLock: true,
  showsComposeTable: false,
  open: async (world, level) => (level === "F" ? openCli(world) : await openProgram(world)),
};

async function openProgram(world: World) {
  const program = await makeCheckout(join(world.folder, "checkout"), true);
  return await openPulumi(world, {
    program,
    projectName: "z-billing-lago",
    status: ["stack", "output"],
    locks: () => ownLocks(world.lockFolder),
    config: ({ startTimeoutSeconds, project = world.project, options }) => ({
      projectName: project,
      lagoPath: world.composeFolder,
      ports: portsOf(world),
      startTimeoutSeconds,
      ...options,
    }),
    variables: ({ environment }) => environment,
  });
}
