import { isDeepStrictEqual } from "node:util";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

const NEW_IMAGE = "getlago/api:v1.51.0";

const FULL = {
  exitCode: 1,
  stderr: ` api Pulling\n api Error write /var/lib/docker/tmp/GetImageBlob123: no space left on device\nwrite /var/lib/docker/tmp/GetImageBlob123: no space left on device\n`,
};

export const faultCase: FaultCase = {
  id: "RB05",
  name: "disk-full-pull",
  levels: ["F"],
  injects: "the disk fills up while the images of an upgrade are pulled",
  expects: "DiskFull with the service, at the first try; what runs is untouched",
  boundMs: { F: 15_000 },
  run: async (trial) => {
    await trial.start();
    const { docker } = trial.fake;
    const running = await trial.world.standing();
    const pulls = () => docker.calls("pull").length + docker.calls("up").length;
    const before = pulls();
    await trial.world.compose.edit(({ services: { api } }) => {
      Object.assign(api ?? {}, { image: NEW_IMAGE });
    });
    // Bare compose pulls as a part of `up`.
    docker.answer({ pull: FULL, up: FULL });
    // Some subjects notice only a changed setting, and no change of the file.
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    trial.expectFailure(up, {
      kind: "DiskFull",
      words: /no space left on device/i,
      names: /\bapi\b/,
    });
    trial.expect(pulls() - before === 1, `it was pulled ${pulls() - before} times`);
    trial.expect(
      isDeepStrictEqual(await trial.world.standing(), running),
      "what ran does not run on as it did",
    );
  },
};
