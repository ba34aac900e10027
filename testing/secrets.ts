/** Keys and passwords for deployments under test. */
import { generateKeyPairSync, randomBytes } from "node:crypto";

/** Generates a value for each setting that Lago requires; unique for each deployment. */
export function newSecrets(): Record<string, string> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" });
  const token = () => randomBytes(16).toString("hex");
  return {
    POSTGRES_PASSWORD: token(),
    SECRET_KEY_BASE: randomBytes(64).toString("hex"),
    LAGO_RSA_PRIVATE_KEY: Buffer.from(pem).toString("base64"),
    LAGO_ENCRYPTION_PRIMARY_KEY: token(),
    LAGO_ENCRYPTION_DETERMINISTIC_KEY: token(),
    LAGO_ENCRYPTION_KEY_DERIVATION_SALT: token(),
  };
}
