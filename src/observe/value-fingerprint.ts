import { createHmac, randomBytes } from "node:crypto";
import { isSecretName } from "../lago/catalogue/index.ts";
import { cleanText } from "../text/clean.ts";

/** Digits of a fingerprint: too few to reveal a value, enough to tell two values apart. */
const FINGERPRINT_DIGITS = 8;

/** Longest value that is shown unchanged. */
const MAX_SHOWN_CHARACTERS = 80;

const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i;

/**
 * HMAC key for fingerprints of values, so that nobody can find a value by trying. Derived from the
 * encryption keys, which never change, so that a value has the same fingerprint in every preview.
 * Random if there are none.
 */
export function fingerprintKey(environment: Readonly<Record<string, string | undefined>>): string {
  const parts = [
    environment.LAGO_ENCRYPTION_PRIMARY_KEY,
    environment.LAGO_ENCRYPTION_KEY_DERIVATION_SALT,
  ];
  return parts.every((part) => part !== undefined && part !== "")
    ? createHmac("sha256", parts.join("\n")).update("z-billing-lago fingerprints").digest("hex")
    : randomBytes(32).toString("hex");
}

/** Returns the first digits of a keyed hash of a text and its name. */
export function fingerprintOf(key: string, name: string, text: string): string {
  const hash = createHmac("sha256", key).update(`${name}\n${text}`).digest("hex");
  return `#${hash.slice(0, FINGERPRINT_DIGITS)}`;
}

/**
 * Makes a function that shows public values unchanged and all others as fingerprints.
 *
 * @param isPublic judges the name of a variable
 */
export function showWith(
  key: string,
  isPublic: (name: string) => boolean,
): (name: string, value: string) => string {
  return (name, value) => {
    if (value === "") {
      return "empty";
    }
    const open =
      isPublic(name) &&
      !isSecretName(name) &&
      !URL_WITH_PASSWORD.test(value) &&
      value.length <= MAX_SHOWN_CHARACTERS;
    return open ? cleanText(value).replaceAll("\n", " ") : fingerprintOf(key, name, value);
  };
}
