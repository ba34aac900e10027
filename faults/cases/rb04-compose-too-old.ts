import { isDeepStrictEqual } from "node:util";
import { HARMLESS_VARIABLE } from "../../testing/world/compose-file.ts";
import type { FaultCase } from "../case.ts";

const FOUND = "2.17.3";

/** Error of a release that is older than the start interval of health checks, for Lago's file. */
const REFUSED = {
  exitCode: 15,
  stderr:
    "validating docker-compose.yml: services.db.healthcheck Additional property start_interval is not allowed\n",
};

/** Commands that change something. */
const CHANGING = ["pull", "up", "down", "stop", "volume create", "volume rm"];

export const faultCase: FaultCase = {
  id: "RB04",
  name: "compose-too-old",
  levels: ["F"],
  injects: `compose is replaced by release ${FOUND}, which cannot read the file`,
  expects: "ComposeTooOld with the release that is found, before anything is changed",
  boundMs: { F: 15_000 },
  run: async (trial) => {
    await trial.start();
    const { docker } = trial.fake;
    const running = await trial.world.standing();
    const changing = () => CHANGING.flatMap((verb) => docker.calls(verb)).length;
    const before = changing();
    docker.answer({
      ...(await trial.fake.composeRelease(FOUND)),
      ...{ config: REFUSED, pull: REFUSED, up: REFUSED },
    });
    const up = await trial.up({ [HARMLESS_VARIABLE]: "true" });
    trial.expectFailure(up, {
      kind: "ComposeTooOld",
      words: /too old|additional property|need version [\d.]+ or later/i,
      names: new RegExp(FOUND.replaceAll(".", "\\.")),
    });
    trial.expect(
      isDeepStrictEqual(await trial.world.standing(), running),
      "what ran does not run on as it did",
    );
    if (trial.subject.ours) {
      trial.expect(/2\.24\.4/.test(up.output), "the release that is needed is not named");
      trial.expect(changing() === before, "something was changed before");
    }
  },
};
