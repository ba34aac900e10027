import { docker } from "../../testing/docker.ts";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

const VOLUME = "lago_storage_data";

export const faultCase: FaultCase = {
  id: "RB28",
  name: "volume-diverged",
  levels: ["D"],
  injects: "the compose file defines the volume of stored files otherwise than it was made",
  expects: "the volume is not made anew, and up says that it is not as the file has it",
  boundMs: { D: 90_000 },
  run: async (trial) => {
    await trial.start();
    const name = `${trial.world.project}_${VOLUME}`;
    const look = () =>
      docker("volume", "inspect", "--format", "{{.CreatedAt}} {{json .Options}}", name);
    const before = await look();
    await trial.world.compose.edit((document) => {
      const options = { type: "tmpfs", device: "tmpfs", o: "size=64m" };
      document.volumes = { ...document.volumes, [VOLUME]: { driver_opts: options } };
    });
    trial.undo(() => trial.world.compose.restore());
    // Some subjects notice only a changed setting, and no change of the file.
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    if (up.exitCode !== 0) {
      trial.expectFailure(up, {
        kind: "VolumeChanged",
        words: /volume/i,
        names: new RegExp(VOLUME),
      });
    }
    trial.expect(up.output.includes(VOLUME), "up says nothing of the volume");
    const after = await look();
    trial.expect(after === before, `the volume was ${before} and is ${after}`);
  },
};
