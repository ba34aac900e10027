import { describe, expect, it } from "vitest";
import {
  canonicalKey,
  givenKeys,
  KEY_NAMES,
  keysOf,
  keyVariables,
  LAGO_KEYS,
} from "../../../src/lago/lago-keys.ts";
import { rsaKey } from "../../support/keys.ts";
import { environmentOf, KEYS } from "../keys/sample.ts";

describe("the list of keys", () => {
  it("has each name once, with a variable, a command and what it costs", () => {
    expect(LAGO_KEYS.map(({ name }) => name)).toEqual([...KEY_NAMES]);
    const variables = LAGO_KEYS.flatMap((key) => key.variables);
    expect(new Set(variables).size).toBe(variables.length);
  });
});

describe("givenKeys", () => {
  it("finds each key under its variable and leaves empty ones out", () => {
    expect(givenKeys(environmentOf(KEYS))).toEqual(KEYS);
    expect(givenKeys({ SECRET_KEY_BASE: "", LAGO_API_URL: "http://localhost" })).toEqual({});
  });

  it("prefers the name that Lago's api prefers", () => {
    const both = { LAGO_ENCRYPTION_PRIMARY_KEY: "long", ENCRYPTION_PRIMARY_KEY: "short" };
    expect(givenKeys(both)).toEqual({ encryptionPrimaryKey: "short" });
    expect(givenKeys({ ...both, ENCRYPTION_PRIMARY_KEY: "" })).toEqual({
      encryptionPrimaryKey: "long",
    });
  });
});

describe("keyVariables", () => {
  it("names each key as Lago's files do, and leaves out what is not given", () => {
    expect(givenKeys(keyVariables(KEYS))).toEqual(KEYS);
    expect(keyVariables({ postgresPassword: "a", encryptionPrimaryKey: "b" })).toEqual({
      POSTGRES_PASSWORD: "a",
      LAGO_ENCRYPTION_PRIMARY_KEY: "b",
    });
  });
});

describe("keysOf", () => {
  it("says of keys that are not given that there are none", () => {
    const { secretKeyBase, ...others } = KEYS;
    expect(keysOf(environmentOf(others))).toEqual({ ...others, secretKeyBase: "" });
  });

  it("leaves the password out where the database is somewhere else", () => {
    const elsewhere = {
      ...environmentOf(KEYS),
      DATABASE_URL: "postgresql://a:b@sql.example.com/lago",
    };
    const { postgresPassword, ...others } = KEYS;
    expect(keysOf(elsewhere)).toEqual(others);
  });

  it("leaves the Redis password out where there is none", () => {
    const { redisPassword, ...others } = KEYS;
    expect(keysOf(environmentOf(others))).toEqual(others);
    expect(keysOf({ ...environmentOf(others), REDIS_PASSWORD: "" })).toEqual(others);
  });
});

describe("canonicalKey", () => {
  it("is the same for one RSA key in all its spellings, and another for another key", () => {
    const { pkcs1, pkcs8 } = rsaKey();
    const base64 = Buffer.from(pkcs1).toString("base64");
    const wrapped = base64.replace(/(.{64})/g, "$1\n");
    const forms = [
      pkcs1,
      pkcs1.trim(),
      pkcs8,
      base64,
      wrapped,
      Buffer.from(pkcs8).toString("base64"),
    ];
    const canonical = new Set(forms.map((form) => canonicalKey("rsaPrivateKey", form)));
    expect(canonical.size).toBe(1);
    canonical.add(canonicalKey("rsaPrivateKey", rsaKey(3072).pkcs1));
    expect(canonical.size).toBe(2);
  });

  it("leaves what is no RSA key, and other keys, as they are", () => {
    expect(canonicalKey("rsaPrivateKey", "no key")).toBe("no key");
    expect(canonicalKey("postgresPassword", " hunter2\n")).toBe(" hunter2\n");
  });
});
