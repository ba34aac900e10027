import { createHmac, randomBytes } from "node:crypto";
import { isSecretName } from "../lago/catalogue/index.ts";
import { cleanText } from "../text/clean.ts";

/** Short enough that it tells nothing of a value, and long enough to tell two apart. */
const FINGERPRINT_DIGITS = 8;

/** Longest value that is shown as it is. */
const MAX_SHOWN_CHARACTERS = 80;

const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i;

/**
 * The secret that a deployment's fingerprints are keyed with, so that nobody can try values out who
 * does not know it. Made of keys that never change, as the data depends on them: the same value has
 * the same fingerprint in every preview. Where there are none it is a new one each time.
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

/** The first digits of a keyed hash of a text and what it is called. */
export function fingerprintOf(key: string, name: string, text: string): string {
  const hash = createHmac("sha256", key).update(`${name}\n${text}`).digest("hex");
  return `#${hash.slice(0, FINGERPRINT_DIGITS)}`;
}

/**
 * Shows the values of public variables as they are and of all others a fingerprint.
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
