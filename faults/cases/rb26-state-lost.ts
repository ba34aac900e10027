import { isDeepStrictEqual } from "node:util";
import type { FaultCase } from "../case.ts";

export const faultCase: FaultCase = {
  id: "RB26",
  name: "state-lost",
  levels: ["D"],
  injects:
    "the stack's state is deleted while the deployment runs, and up is run with the same config",
  expects: "what runs is taken up as it runs, and can be destroyed like any other",
  boundMs: { D: 90_000 },
  run: async (trial) => {
    const { deployment, world } = trial;
    if (deployment.loseState === undefined) {
      return trial.notApplicable("it keeps no state that could be lost");
    }
    await trial.start();
    const running = await world.standing();
    await deployment.loseState();
    trial.expectSuccess(await trial.up());
    trial.expect(
      isDeepStrictEqual(await world.standing(), running),
      "what ran was replaced or restarted",
    );
    trial.expectSuccess(await trial.down());
    trial.expect((await world.remains()).length === 0, "down left something");
  },
};
