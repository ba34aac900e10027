import { newAlphanumeric, newRsaPrivateKey, newSecretKeyBase } from "../lago/config/generate.ts";
import type { KeyValues } from "../lago/lago-keys.ts";

/** Length of generated passwords and encryption keys: 32 characters, about 190 bits. */
const KEY_LENGTH = 32;

/** Makes a password, or an API key: letters and digits. */
export function newPassword(): string {
  return newAlphanumeric(KEY_LENGTH);
}

/**
 * Generates a new value for each key of a deployment, as `init` and a new stack do: random numbers
 * of the operating system, 190 bits and more, and an RSA key of 2048 bits. Holds secrets.
 *
 * Call it once for a deployment and keep the result: data can only be read with the keys that it was
 * written with. {@link keyVariables} turns keys into variables for {@link LagoDeployment}.
 */
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
