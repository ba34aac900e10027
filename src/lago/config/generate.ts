import { generateKeyPair, randomBytes, randomInt } from "node:crypto";
import { promisify } from "node:util";

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Generates a SECRET_KEY_BASE: 64 random bytes as 128 hexadecimal digits. */
export function newSecretKeyBase(): string {
  return randomBytes(64).toString("hex");
}

/**
 * Generates a random text of letters and digits, about 5.95 bits a character, safe inside a URL.
 */
export function newAlphanumeric(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC.charAt(randomInt(ALPHANUMERIC.length))).join("");
}

/** Generates an RSA key of 2048 bits as base64 of PEM on one line, the form that Lago reads. */
export async function newRsaPrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return Buffer.from(privateKey, "utf8").toString("base64");
}
