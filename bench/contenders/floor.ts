/** What Pulumi itself takes, with one command and one dynamic resource that do nothing. */
import { cp, symlink } from "node:fs/promises";
import { join } from "node:path";
import { openPulumi } from "../../faults/subjects/pulumi.ts";
import type { Subject } from "../../faults/subjects/subject.ts";
import type { World } from "../../faults/world/world.ts";

const PROJECT_FOLDER = join(import.meta.dirname, "..", "..");

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
  const program = join(world.folder, "floor");
  await cp(join(import.meta.dirname, "floor"), program, { recursive: true });
  await symlink(join(PROJECT_FOLDER, "node_modules"), join(program, "node_modules"));
  return await openPulumi(world, {
    program,
    projectName: "floor",
    config: () => ({}),
    variables: () => ({}),
  });
}
