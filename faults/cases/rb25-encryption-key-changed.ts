import { isDeepStrictEqual } from "node:util";
import type { FaultCase } from "../case.ts";

const VARIABLE = "LAGO_ENCRYPTION_PRIMARY_KEY";
/** Name of the key in `allowKeyChange`. */
const KEY = "encryptionPrimaryKey";

export const faultCase: FaultCase = {
  id: "RB25",
  name: "encryption-key-changed",
  levels: ["E"],
  injects: "an encryption key changes, with which what is in the database cannot be read any more",
  expects: "KeysChanged with the key, and what runs is untouched; where it is allowed, up succeeds",
  boundMs: { E: 60_000 },
  run: async (trial) => {
    await trial.start();
    const { world } = trial;
    const old = world.secrets[VARIABLE] ?? "";
    const running = await world.standing();
    // The new key contains the old one, so that the search for secrets finds the new one, too.
    const up = await trial.up({ [VARIABLE]: `${old}0` });
    trial.expectFailure(up, { kind: "KeysChanged", words: /key/i, names: new RegExp(KEY, "i") });
    trial.expect(
      isDeepStrictEqual(await world.standing(), running),
      "what ran does not run on as it did",
    );
    if (trial.subject.ours) {
      trial.configure({ options: { allowKeyChange: [KEY] } });
      trial.expectSuccess(await trial.up());
      trial.configure({ options: {} });
    }
  },
  recover: async (trial) => {
    if (!trial.subject.ours) {
      await trial.up({ [VARIABLE]: trial.world.secrets[VARIABLE] ?? "" });
    }
  },
};
