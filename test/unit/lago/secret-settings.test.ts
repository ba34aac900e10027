import { describe, expect, it } from "vitest";
import { secretValues } from "../../../src/lago/secret-settings.ts";

describe("secretValues", () => {
  it.each([
    "SECRET_KEY_BASE",
    "LAGO_RSA_PRIVATE_KEY",
    "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
    "POSTGRES_PASSWORD",
    "LAGO_SMTP_PASSWORD",
    "LAGO_DATA_API_BEARER_TOKEN",
    "GOOGLE_AUTH_CLIENT_SECRET",
    "LAGO_LICENSE",
    "lago_api_key",
    // Names of other images and of our own override.
    "REDISCLI_AUTH",
    "PGPASSWORD",
    "GPG_PASSPHRASE",
    "SMTP_PASS",
    "Z_BILLING_LAGO_REDIS_CONFIG",
  ])("takes %s for a secret", (name) => {
    expect(secretValues({ [name]: "hunter2-hunter2" })).toContain("hunter2-hunter2");
  });

  it.each(["LAGO_API_URL", "LAGO_DISABLE_SIGNUP", "RAILS_ENV", "POSTGRES_USER"])(
    "takes %s for public",
    (name) => {
      expect(secretValues({ [name]: "http://localhost:3000" })).toEqual([]);
    },
  );

  it.each([
    ["postgresql://lago:p%40ss%2Fword@db:5432/lago", ["p%40ss%2Fword", "p@ss/word"]],
    ["redis://:hunter2-hunter2@redis:6379", ["hunter2-hunter2"]],
    ["postgresql://lago:100%-sure@db/lago", ["100%-sure"]],
    ["redis://redis:6379", []],
    ["postgresql://lago@db/lago", []],
    ["http://localhost:3000/a:b@c", []],
  ])("takes the password of %s for a secret", (url, passwords) => {
    const found = secretValues({ ANY_URL: url });
    expect(new Set(found)).toEqual(new Set(passwords));
  });
});
