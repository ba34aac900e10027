import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { FaultCase } from "../case.ts";

const PASSWORD = "POSTGRES_PASSWORD";

export const faultCase: FaultCase = {
  id: "RB24",
  name: "db-password-rotated",
  levels: ["D"],
  injects: "the settings have a new database password, the database has the old one",
  expects: "KeysChanged before anything is touched: what runs goes on, and the data is there",
  boundMs: { D: 60_000 },
  run: async (trial) => {
    await trial.start();
    const running = await trial.world.standing();
    const up = await trial.up({ [PASSWORD]: randomBytes(16).toString("hex") });
    trial.expectFailure(up, {
      kind: "KeysChanged",
      words: /password/i,
      names: new RegExp(PASSWORD),
    });
    trial.expect(
      isDeepStrictEqual(await trial.world.standing(), running),
      "what ran does not run on as it did",
    );
  },
  recover: async (trial) => {
    await trial.up({ [PASSWORD]: trial.world.secrets[PASSWORD] ?? "" });
  },
};
