import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

/** A service that nothing depends on. */
const SERVICE = "thumbnails";

export const faultCase: FaultCase = {
  id: "RB29",
  name: "orphan-service",
  levels: ["D"],
  injects: "a service is taken out of the compose file while its container runs",
  expects: "up tells of it and leaves it running; down removes it with all others",
  boundMs: { D: 90_000 },
  prepare: ({ services }) => {
    services[SERVICE] = { image: services.pdf?.image ?? "", restart: "unless-stopped" };
  },
  run: async (trial) => {
    await trial.start();
    const look = async () => (await trial.daemon.containers()).get(SERVICE);
    const before = await look();
    trial.undo(() => trial.world.compose.restore());
    await trial.world.compose.edit(({ services }) => {
      delete services[SERVICE];
    });
    // Some subjects notice only a changed setting, and no change of the file.
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    trial.expectSuccess(up);
    trial.expect(up.output.includes(SERVICE), "up does not tell of the service that is left");
    const after = await look();
    trial.expect(
      after?.Id === before?.Id && after?.State.Status === "running",
      `the container that is left is ${after?.State.Status ?? "gone"}`,
    );
    trial.expectSuccess(await trial.down());
    trial.expect((await look()) === undefined, "down left the container");
  },
};
