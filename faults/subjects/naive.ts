/** A Pulumi program as people write it first: one Command with `up` and `down`. */
import { cp, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { World } from "../world/world.ts";
import { openPulumi } from "./pulumi.ts";
import type { Subject } from "./subject.ts";

const PROJECT_FOLDER = join(import.meta.dirname, "..", "..");

/** `local.Command({ create: "docker compose up -d", delete: "docker compose down" })`. */
export const naive: Subject = {
  name: "naive",
  title: "naive local.Command",
  ours: false,
  takesLock: true,
  showsComposeTable: false,
  open: async (world) => openNaive(world),
};

async function openNaive(world: World) {
  const program = join(world.folder, "naive");
  await cp(join(import.meta.dirname, "naive"), program, { recursive: true });
  await symlink(join(PROJECT_FOLDER, "node_modules"), join(program, "node_modules"));
  return await openPulumi(world, {
    program,
    projectName: "naive",
    config: () => ({ folder: world.composeFolder }),
    variables: ({ environment, project }) => ({
      ...(project === undefined ? {} : { COMPOSE_PROJECT_NAME: project }),
      API_PORT: String(world.ports.api),
      FRONT_PORT: String(world.ports.front),
      ...environment,
    }),
  });
}
