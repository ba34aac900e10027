/** Secrets that stand nowhere but where a trial has put them. */
import { generateKeyPairSync, randomBytes } from "node:crypto";

/** What Lago needs to be kept secret, made anew for each trial. */
export function canarySecrets(): Record<string, string> {
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
    // Every form of it differs from every other: raw, JSON-escaped, URL-encoded and in base64.
    LAGO_SMTP_PASSWORD: `${token()} "$&/#%\\ü`,
  };
}
