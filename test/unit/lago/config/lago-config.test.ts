import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LagoConfig, type LagoConfigInput } from "../../../../src/lago/config/lago-config.ts";
import { anyText } from "../../../support/arbitraries.ts";
import { FULL, fieldsOf, RSA, SECRET_KEY_BASE } from "./full-config.ts";

describe("a config that nothing was said of", () => {
  it("has the defaults", () => {
    expect(fieldsOf(new LagoConfig())).toEqual({
      apiUrl: "http://localhost:3000",
      frontUrl: "http://localhost:80",
      databaseUrl: "postgresql://lago:lago@localhost:5432/lago",
      redisUrl: "redis://localhost:6379",
      secretKeyBase: expect.stringMatching(/^[0-9a-f]{128}$/),
      rsaPrivateKey: undefined,
      apiKey: undefined,
      disableSignup: false,
    });
  });

  it("has a secret of its own, which stays", () => {
    const config = new LagoConfig();
    expect(config.secretKeyBase).toBe(config.secretKeyBase);
    expect(config.withApiUrl("http://x").secretKeyBase).toBe(config.secretKeyBase);
    expect(new LagoConfig().secretKeyBase).not.toBe(config.secretKeyBase);
  });

  it("is the same as one whose fields are all undefined", () => {
    const nothing = Object.fromEntries(Object.keys(FULL).map((field) => [field, undefined]));
    const { secretKeyBase: _, ...fields } = fieldsOf(new LagoConfig(nothing));
    const { secretKeyBase: __, ...defaults } = fieldsOf(new LagoConfig());
    expect(fields).toEqual(defaults);
  });
});

describe("with…", () => {
  const base = new LagoConfig({ secretKeyBase: "f".repeat(64) });
  const before = fieldsOf(base);
  const changes: [keyof typeof FULL, LagoConfig][] = [
    ["apiUrl", base.withApiUrl(FULL.apiUrl)],
    ["frontUrl", base.withFrontUrl(FULL.frontUrl)],
    ["databaseUrl", base.withDatabaseUrl(FULL.databaseUrl)],
    ["redisUrl", base.withRedisUrl(FULL.redisUrl)],
    ["secretKeyBase", base.withSecretKeyBase(FULL.secretKeyBase)],
    ["rsaPrivateKey", base.withRsaPrivateKey(FULL.rsaPrivateKey)],
    ["apiKey", base.withApiKey(FULL.apiKey)],
    ["disableSignup", base.withDisableSignup(FULL.disableSignup)],
  ];

  it.each(changes)("changes %s in a copy and nothing else anywhere", (field, changed) => {
    expect(fieldsOf(changed)).toEqual({ ...before, [field]: FULL[field] });
    expect(fieldsOf(base)).toEqual(before);
  });

  it("exists for every field", () => {
    expect(changes.map(([field]) => field)).toEqual(Object.keys(FULL));
  });

  it("says the same in any order, and the same as the constructor", () => {
    const config = new LagoConfig()
      .withDisableSignup(true)
      .withApiKey(FULL.apiKey)
      .withRsaPrivateKey(RSA)
      .withSecretKeyBase(SECRET_KEY_BASE)
      .withRedisUrl(FULL.redisUrl)
      .withDatabaseUrl(FULL.databaseUrl)
      .withFrontUrl(FULL.frontUrl)
      .withApiUrl(FULL.apiUrl);
    expect(fieldsOf(config)).toEqual(FULL);
    expect(fieldsOf(new LagoConfig(FULL))).toEqual(FULL);
  });

  it("refuses what the constructor refuses", () => {
    expect(() => base.withApiUrl("nonsense")).toThrow(
      expect.objectContaining({
        kind: "InvalidConfig",
        issues: [expect.objectContaining({ field: "apiUrl" })],
      }),
    );
  });
});

describe("immutability", () => {
  it("holds against the object that the fields came from", () => {
    const input: LagoConfigInput = { apiUrl: "http://one" };
    const config = new LagoConfig(input);
    input.apiUrl = "http://two";
    expect(config.apiUrl).toBe("http://one");
  });

  it("holds against assignment", () => {
    const config = new LagoConfig({ apiUrl: "http://one" });
    expect(() => Object.assign(config, { apiUrl: "http://two" })).toThrow(TypeError);
    expect(config.apiUrl).toBe("http://one");
  });

  it("holds against the list of variables", () => {
    const config = new LagoConfig({ apiUrl: "http://one" });
    config.toEnvVars().length = 0;
    expect(config.toEnvVars()[0]).toEqual(["LAGO_API_URL", "http://one"]);
  });
});

describe("toEnvVars", () => {
  it("lists the variables by Lago's names, in order", () => {
    expect(new LagoConfig(FULL).toEnvVars()).toEqual([
      ["LAGO_API_URL", FULL.apiUrl],
      ["LAGO_FRONT_URL", FULL.frontUrl],
      ["DATABASE_URL", FULL.databaseUrl],
      ["REDIS_URL", FULL.redisUrl],
      ["SECRET_KEY_BASE", SECRET_KEY_BASE],
      ["LAGO_RSA_PRIVATE_KEY", RSA],
      ["LAGO_API_KEY", FULL.apiKey],
      ["LAGO_DISABLE_SIGNUP", "true"],
    ]);
  });

  it("leaves out what is unset", () => {
    const names = new LagoConfig().toEnvVars().map(([name]) => name);
    expect(names).toEqual([
      "LAGO_API_URL",
      "LAGO_FRONT_URL",
      "DATABASE_URL",
      "REDIS_URL",
      "SECRET_KEY_BASE",
      "LAGO_DISABLE_SIGNUP",
    ]);
  });

  it("hands values on verbatim", () => {
    fc.assert(
      fc.property(anyText({ minLength: 32 }), anyText({ minLength: 1 }), (base, key) => {
        const config = new LagoConfig({ secretKeyBase: base, apiKey: key });
        const variables = Object.fromEntries(config.toEnvVars());
        expect(variables.SECRET_KEY_BASE).toBe(base);
        expect(variables.LAGO_API_KEY).toBe(key);
      }),
    );
  });
});
