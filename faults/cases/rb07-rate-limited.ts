import { isDeepStrictEqual } from "node:util";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

const NEW_IMAGE = "getlago/api:v1.51.0";
const MAX_TRIES = 3;

const LIMITED = {
  exitCode: 18,
  stderr: ` api Pulling\n api Error toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit\nError response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit\n`,
};

export const faultCase: FaultCase = {
  id: "RB07",
  name: "rate-limited",
  levels: ["F"],
  injects: "the registry takes no more pulls while the images of an upgrade are pulled",
  expects: `RegistryRateLimit after ${MAX_TRIES} tries at most, with what raises the limit; what runs is untouched`,
  // Two pauses of 4 and 8 s, plus or minus half, between three attempts.
  boundMs: { F: 30_000 },
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
    docker.answer({ pull: LIMITED, up: LIMITED });
    // Some subjects notice only a changed setting, and no change of the file.
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    trial.expectFailure(up, {
      kind: "RegistryRateLimit",
      words: /toomanyrequests/i,
      names: /\bapi\b/,
    });
    trial.expect(
      /docker login|increase-rate-limit/.test(up.output),
      "nothing is said of how to raise the limit",
    );
    trial.expect(pulls() - before <= MAX_TRIES, `it was pulled ${pulls() - before} times`);
    trial.expect(
      isDeepStrictEqual(await trial.world.standing(), running),
      "what ran does not run on as it did",
    );
  },
};
