import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

export const faultCase: FaultCase = {
  id: "RB13",
  name: "one-shot-ok",
  levels: ["D"],
  injects: "services that run once and end with 0: migrate, and one that nothing depends on",
  expects: "up succeeds with and without the second one, and calls both completed",
  boundMs: { D: 90_000 },
  run: async (trial) => {
    trial.expectSuccess(await trial.up());
    // Lago's `deploy` files have such a service, which generates keys.
    await trial.world.compose.edit((document) => {
      const { image = "" } = document.services.api ?? {};
      document.volumes = { ...document.volumes, lago_rsa_data: {} };
      document.services["rsa-keys"] = {
        image,
        restart: "no",
        command: ["./scripts/generate.rsa.sh"],
        volumes: ["lago_rsa_data:/app/config/keys"],
      };
    });
    // Some subjects notice only a changed setting, and no change of the file.
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    trial.expectSuccess(up);
    if (trial.subject.ours) {
      for (const service of ["migrate", "rsa-keys"]) {
        trial.expect(
          new RegExp(`${service}: completed`).test(up.output),
          `${service} is not called completed`,
        );
      }
    }
  },
};
