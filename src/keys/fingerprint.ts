import { randomBytes, type ScryptOptions, scrypt } from "node:crypto";
import { canonicalKey, type KeyName } from "../lago/lago-keys.ts";

const SALT_BYTES = 16;
const FINGERPRINT_BYTES = 32;

/**
 * Cost of about 0.05 s and 16 MiB a key (RFC 7914). Nobody can guess a generated key; this cost
 * makes guessing a password that a person chose expensive.
 */
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Makes a new salt, 16 random bytes as base64. */
export function newSalt(): string {
  return randomBytes(SALT_BYTES).toString("base64");
}

/**
 * Fingerprint of a key: 32 bytes of scrypt as base64. Equal keys have equal fingerprints, and no
 * key can be computed from one. The key's name is hashed too, so that equal keys of two names look
 * different.
 *
 * @param salt the deployment's own, as {@link newSalt} makes it
 */
export function fingerprint(name: KeyName, value: string, salt: string): Promise<string> {
  const salted = Buffer.concat([Buffer.from(salt, "base64"), Buffer.from(name, "utf8")]);
  return new Promise((resolve, reject) => {
    scrypt(canonicalKey(name, value), salted, FINGERPRINT_BYTES, COST, (error, derived) => {
      if (error === null) {
        resolve(derived.toString("base64"));
      } else {
        reject(error);
      }
    });
  });
}
