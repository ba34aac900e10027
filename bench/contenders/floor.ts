/** Floor: Pulumi itself, with one command and one dynamic resource that do nothing. */
import { join } from "node:path";
import { copyProgram, openPulumi } from "../../faults/subjects/pulumi.ts";
import type { Subject } from "../../faults/subjects/subject.ts";
import type { World } from "../../testing/world/world.ts";

/** A Pulumi program that deploys nothing. */
export const floor: Subject = {
  name: "floor",
  title: "an empty Pulumi program",
  ours: false,
  takesLock: false,
  showsComposeTable: false,
  open: async (world) => await openFloor(world),
};

async function openFloor(world: World) {
  return await openPulumi(world, {
    program: await copyProgram(world, join(import.meta.dirname, "floor")),
    projectName: "floor",
    config: () => ({}),
    variables: () => ({}),
  });
}
