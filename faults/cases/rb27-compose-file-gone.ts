import { mkdir, rm } from "node:fs/promises";
import type { FaultCase } from "../case.ts";

export const faultCase: FaultCase = {
  id: "RB27",
  name: "compose-file-gone",
  levels: ["D"],
  injects: "the compose file and its folder are deleted, and the deployment is destroyed",
  expects: "destroy removes all containers and networks, and keeps the volumes",
  boundMs: { D: 60_000 },
  run: async (trial) => {
    await trial.start();
    const { composeFolder, compose } = trial.world;
    await rm(composeFolder, { recursive: true });
    trial.undo(async () => {
      await mkdir(composeFolder, { recursive: true });
      await compose.write();
    });
    const line = await trial.deployment.command("down", trial.settings);
    if (line?.cwd === composeFolder) {
      // Commands need an existing working directory.
      await mkdir(composeFolder);
    }
    trial.expectSuccess(await trial.down());
    trial.expect((await trial.daemon.volumes()).length > 0, "the volumes are gone");
  },
};
