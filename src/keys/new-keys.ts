import { newAlphanumeric, newRsaPrivateKey, newSecretKeyBase } from "../lago/config/generate.ts";
import type { KeyValues } from "../lago/lago-keys.ts";

/** Length of generated passwords and encryption keys: 32 characters, about 190 bits. */
const KEY_LENGTH = 32;

/** Makes a password, or an API key: letters and digits. */
export function newPassword(): string {
  return newAlphanumeric(KEY_LENGTH);
}

/** Makes a new value for each key. Holds secrets. */
export async function newKeys(): Promise<KeyValues> {
  return {
    secretKeyBase: newSecretKeyBase(),
    rsaPrivateKey: await newRsaPrivateKey(),
    encryptionPrimaryKey: newAlphanumeric(KEY_LENGTH),
    encryptionDeterministicKey: newAlphanumeric(KEY_LENGTH),
    encryptionKeyDerivationSalt: newAlphanumeric(KEY_LENGTH),
    postgresPassword: newAlphanumeric(KEY_LENGTH),
    redisPassword: newAlphanumeric(KEY_LENGTH),
  };
}
