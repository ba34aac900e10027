import { isDeepStrictEqual } from "node:util";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

const WRONG_IMAGE = "getlago/api:v1.510.0";

const UNKNOWN = {
  exitCode: 18,
  stderr: ` api Pulling\n api Error manifest for ${WRONG_IMAGE} not found: manifest unknown: manifest unknown\nError response from daemon: manifest for ${WRONG_IMAGE} not found: manifest unknown: manifest unknown\n`,
};

export const faultCase: FaultCase = {
  id: "RB09",
  name: "image-404",
  levels: ["F"],
  injects: "an upgrade names an image that its registry does not have",
  expects: "ImageNotFound with the image, at the first try; what runs is untouched",
  boundMs: { F: 15_000 },
  run: async (trial) => {
    await trial.start();
    const { docker } = trial.fake;
    const running = await trial.world.standing();
    const pulls = () => docker.calls("pull").length + docker.calls("up").length;
    const before = pulls();
    await trial.world.compose.edit(({ services: { api } }) => {
      Object.assign(api ?? {}, { image: WRONG_IMAGE });
    });
    // Bare compose pulls as a part of `up`.
    docker.answer({ pull: UNKNOWN, up: UNKNOWN });
    // Some subjects notice only a changed setting, and no change of the file.
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    trial.expectFailure(up, {
      kind: "ImageNotFound",
      words: /manifest unknown/,
      names: new RegExp(WRONG_IMAGE.replaceAll(".", "\\.")),
    });
    trial.expect(pulls() - before === 1, `it was pulled ${pulls() - before} times`);
    trial.expect(
      isDeepStrictEqual(await trial.world.standing(), running),
      "what ran does not run on as it did",
    );
  },
  // Recovery needs an edit: the file has to name an existing image.
  recover: async (trial) => await trial.world.compose.restore(),
};
