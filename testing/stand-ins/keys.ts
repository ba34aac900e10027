import { generateKeyPairSync, randomBytes } from "node:crypto";

/** Keys that no other project has. */
export function newSecrets(): Record<string, string> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  return {
    POSTGRES_PASSWORD: randomBytes(16).toString("hex"),
    SECRET_KEY_BASE: randomBytes(64).toString("hex"),
    LAGO_RSA_PRIVATE_KEY: Buffer.from(pem).toString("base64"),
    LAGO_ENCRYPTION_PRIMARY_KEY: randomBytes(16).toString("hex"),
    LAGO_ENCRYPTION_DETERMINISTIC_KEY: randomBytes(16).toString("hex"),
    LAGO_ENCRYPTION_KEY_DERIVATION_SALT: randomBytes(16).toString("hex"),
  };
}
