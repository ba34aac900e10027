/** A config with all fields set, for the tests of configs. */
import type { LagoConfig, LagoConfigInput } from "../../../../src/lago/config/lago-config.ts";
import { rsaKey } from "../../../support/keys.ts";

/** A key base of the length that Rails makes. */
export const SECRET_KEY_BASE = "0123456789abcdef".repeat(8);
/** A key in the form that Lago reads. */
export const RSA = Buffer.from(rsaKey().pkcs1).toString("base64");

/** Every field with a value that is not its default. */
export const FULL = {
  apiUrl: "https://billing-api.example.com",
  frontUrl: "https://billing.example.com:8443",
  databaseUrl: "postgres://u:p@db.example.com:6543/billing?sslmode=require",
  redisUrl: "rediss://:hunter2-hunter2@cache.example.com:6380/2",
  secretKeyBase: SECRET_KEY_BASE,
  rsaPrivateKey: RSA,
  apiKey: "lago_key-hooli-1234567890",
  disableSignup: true,
} satisfies LagoConfigInput;

/** All fields of a config, for comparing. */
export function fieldsOf(config: LagoConfig): Record<keyof typeof FULL, unknown> {
  const { apiUrl, frontUrl, databaseUrl, redisUrl, secretKeyBase } = config;
  const { rsaPrivateKey, apiKey, disableSignup } = config;
  return {
    apiUrl,
    frontUrl,
    databaseUrl,
    redisUrl,
    secretKeyBase,
    rsaPrivateKey,
    apiKey,
    disableSignup,
  };
}
