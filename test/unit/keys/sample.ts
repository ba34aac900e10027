/** Keys that never open anything, and volumes as docker lists them. */

import { type KeyFingerprints, makeFingerprints } from "../../../src/keys/key-fingerprints.ts";
import { KEY_NAMES, type KeyName, type KeyValues, LAGO_KEYS } from "../../../src/lago/lago-keys.ts";
import { rsaKey } from "../../support/keys.ts";

export const KEYS: KeyValues = {
  secretKeyBase: "5ecret-key-base-".repeat(8),
  rsaPrivateKey: Buffer.from(rsaKey().pkcs1).toString("base64"),
  encryptionPrimaryKey: "primary-key-of-thirty-two-chars",
  encryptionDeterministicKey: "deterministic-key-of-32-chars",
  encryptionKeyDerivationSalt: "derivation-salt-of-32-chars",
  postgresPassword: "hunter2-password",
  redisPassword: "hunter2-of-redis",
};

/** The variables that carry the keys. */
export function environmentOf(keys: Partial<Record<KeyName, string>>): Record<string, string> {
  const entries = LAGO_KEYS.flatMap(({ name, variables }) => {
    const value = keys[name];
    return value === undefined ? [] : [[variables.at(-1) ?? "", value] as const];
  });
  return Object.fromEntries(entries);
}

/** The keys whose values a text gives away. */
export function keysIn(text: string, keys: KeyValues = KEYS): KeyName[] {
  return KEY_NAMES.filter((name) => text.includes(keys[name]));
}

const made = makeFingerprints(KEYS, "volumes");

/** Fingerprints of {@link KEYS}; made once, since they are slow on purpose. */
export const fingerprintsOfKeys = async (
  change: Partial<KeyFingerprints> = {},
): Promise<KeyFingerprints> => ({
  ...(await made),
  ...change,
});

/** What `docker volume ls` prints of a project with these key fingerprints and its data. */
export function listed(all: readonly KeyFingerprints[], data = ["lago-test_lago_postgres_data"]) {
  const label = { "com.docker.compose.project": "lago-test" };
  const volumes = [
    ...data.map((Name) => ({ Name, Labels: label })),
    ...all.map((fingerprints) => ({
      Name: `lago-test_fingerprints-${fingerprints.generation}`,
      Labels: {
        ...label,
        "com.docker.compose.volume": "z-billing-lago-keys",
        "z-billing-lago.keys": JSON.stringify(fingerprints),
      },
    })),
  ];
  return { stdout: volumes.map((volume) => `${JSON.stringify(volume)}\n`).join("") };
}
