import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

/** Variables that a shell may have exported for another program. */
const EXPORTED = {
  COMPOSE_FILE: "/nowhere/docker-compose.yml",
  COMPOSE_PROJECT_NAME: "zbl-test-somebody-else",
  COMPOSE_PROFILES: "debug",
  COMPOSE_ENV_FILES: "/nowhere/.env",
  COMPOSE_PATH_SEPARATOR: ",",
  COMPOSE_REMOVE_ORPHANS: "true",
  COMPOSE_PARALLEL_LIMIT: "0",
  COMPOSE_ANSI: "always",
};

/** Wrong values, and a line that is not an assignment. */
const BROKEN = "POSTGRES_PASSWORD=\nLAGO_DISABLE_SIGNUP=from-a-file\nthis is no assignment\n'\n";

export const faultCase: FaultCase = {
  id: "RB34",
  name: "hostile-environment",
  levels: ["F", "E"],
  injects:
    "variables of compose and an empty password are exported, a broken .env lies about, the path has spaces and a symbolic link",
  expects: "none of it has any effect",
  awkwardPath: true,
  boundMs: { F: 15_000, E: 60_000 },
  run: async (trial) => {
    const { world } = trial;
    const cwd = (await trial.deployment.command("up", trial.settings))?.cwd ?? world.folder;
    for (const folder of new Set([world.folder, world.composeFolder, cwd])) {
      const file = join(folder, ".env");
      await writeFile(file, BROKEN);
      trial.undo(() => rm(file));
    }
    // On F the exported value is the wanted one: there is no other way to set it.
    const password = trial.level === "E" ? { POSTGRES_PASSWORD: "" } : {};
    const control = { environment: { ...EXPORTED, ...password } };
    const { POSTGRES_PASSWORD = "" } = world.secrets;
    const wanted = { POSTGRES_PASSWORD, [HARMLESS_VARIABLE]: "true" };
    trial.expectSuccess(await trial.up(wanted, control));
    await world.writeData();
    const others = trial.fake
      .engine()
      .containers.filter(
        ({ Config }) => Config.Labels["com.docker.compose.project"] !== world.project,
      );
    trial.expect(others.length === 0, `${others.length} containers are in another project`);
    trial.expectSuccess(await trial.status(control));
    trial.expectSuccess(await trial.down(control));
    trial.expect((await world.remains()).length === 0, "down left something");
  },
};
