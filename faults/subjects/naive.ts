/** A first Pulumi program as most people write it: one Command with `up` and `down`. */
import { join } from "node:path";
import type { World } from "../../testing/world/world.ts";
import { copyProgram, openPulumi } from "./pulumi.ts";
import type { Subject } from "./subject.ts";

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
  return await openPulumi(world, {
    program: await copyProgram(world, join(import.meta.dirname, "naive")),
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
