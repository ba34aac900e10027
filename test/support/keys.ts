/** RSA keys for tests, made once a process. */
import { generateKeyPairSync } from "node:crypto";

/** One key in the two forms of PEM. */
export interface RsaKey {
  /** `-----BEGIN RSA PRIVATE KEY-----`, as OpenSSL 1 and Lago's own script write it. */
  readonly pkcs1: string;
  /** `-----BEGIN PRIVATE KEY-----`, as OpenSSL 3 writes it. */
  readonly pkcs8: string;
}

const made = new Map<number, RsaKey>();

/** A key of the given size; the same one each time. */
export function rsaKey(bits = 2048): RsaKey {
  const known = made.get(bits);
  if (known !== undefined) {
    return known;
  }
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const pem = (type: "pkcs1" | "pkcs8") => privateKey.export({ type, format: "pem" }).toString();
  const key = { pkcs1: pem("pkcs1"), pkcs8: pem("pkcs8") };
  made.set(bits, key);
  return key;
}
