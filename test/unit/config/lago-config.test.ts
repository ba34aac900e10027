import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LagoConfig, type LagoConfigInput } from "../../../src/config/lago-config.ts";
import { DeployError } from "../../../src/errors.ts";
import { anyText } from "../../support/arbitraries.ts";
import { rsaKey } from "../../support/keys.ts";

const SECRET_KEY_BASE = "0123456789abcdef".repeat(8);
const RSA = Buffer.from(rsaKey().pkcs1).toString("base64");

/** Every field with a value that is not its default. */
const FULL = {
  apiUrl: "https://billing-api.example.com",
  frontUrl: "https://billing.example.com:8443",
  databaseUrl: "postgres://u:p@db.example.com:6543/billing?sslmode=require",
  redisUrl: "rediss://:hunter2-hunter2@cache.example.com:6380/2",
  secretKeyBase: SECRET_KEY_BASE,
  rsaPrivateKey: RSA,
  apiKey: "lago_key-hooli-1234567890",
  disableSignup: true,
} satisfies LagoConfigInput;

function fieldsOf(config: LagoConfig): Record<keyof typeof FULL, unknown> {
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

/** The error of an input that must not be taken. */
function refusal(input: unknown): DeployError {
  try {
    new LagoConfig(input as LagoConfigInput);
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return error;
    }
    throw error;
  }
  throw new Error(`taken: ${inspect(input)}`);
}

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

describe("faults", () => {
  it("are reported all at once, each with its field", () => {
    const error = refusal({
      apiUrl: "localhost:3000",
      frontUrl: "ftp://billing.example.com",
      databaseUrl: "mysql://lago@db/lago",
      redisUrl: "http://redis:6379",
      secretKeyBase: "short",
      rsaPrivateKey: "garbage",
      apiKey: "",
      disableSignup: "yes",
      apiUrls: "http://x",
      other: 1,
    });
    expect(error.kind).toBe("InvalidConfig");
    expect(error.issues.map(({ field }) => field).sort()).toEqual(
      [...Object.keys(FULL), "apiUrls", "other"].sort(),
    );
    for (const { field, message } of error.issues) {
      expect(error.message).toContain(`  ${field}: ${message}`);
    }
    expect(error.message).toMatch(/^10 settings are not valid:/);
  });

  it("of one setting are told in the singular", () => {
    expect(refusal({ apiUrl: "x" }).message).toMatch(/^1 setting is not valid:/);
  });

  it.each([
    ["apiUrl", ["http://localhost:3000", "https://x", "http://[::1]:3000", "https://x/sub/path"]],
    ["frontUrl", ["http://localhost", "https://billing.example.com"]],
    ["databaseUrl", ["postgres://h/d", "postgresql://u:p%40ss@h:5432/d?sslmode=require"]],
    ["redisUrl", ["redis://h", "rediss://u:p@h:6380/1"]],
  ] as const)("are none of %s = %j", (field, values) => {
    for (const value of values) {
      expect(fieldsOf(new LagoConfig({ [field]: value }))[field]).toBe(value);
    }
  });

  it.each([
    ["apiUrl", "", "a URL such as https://"],
    ["apiUrl", "localhost:3000", "a URL such as https://"],
    ["apiUrl", "//localhost:3000", "a URL such as https://"],
    ["apiUrl", "http:localhost", "a URL such as https://"],
    ["apiUrl", "http://", "a URL such as https://"],
    ["apiUrl", "http://a b", "a URL such as https://"],
    ["apiUrl", "http://localhost:99999", "a URL such as https://"],
    ["apiUrl", "javascript:alert(1)", "a URL such as https://"],
    ["apiUrl", " http://localhost:3000", "a URL such as https://"],
    ["apiUrl", "http://localhost:3000 ", "a URL such as https://"],
    ["apiUrl", "http://localhost:3000\n", "a URL such as https://"],
    ["apiUrl", "http://local\thost:3000", "a URL such as https://"],
    ["apiUrl", 3000, "string"],
    ["frontUrl", "billing.example.com", "a URL such as https://"],
    ["databaseUrl", "http://db:5432/lago", "a URL such as postgresql://"],
    ["databaseUrl", "postgresql:///lago", "a URL such as postgresql://"],
    ["redisUrl", "postgresql://db/lago", "a URL such as redis://"],
    ["secretKeyBase", "x".repeat(31), "32 characters"],
    ["secretKeyBase", "your-secret-key-base-hex-64", "32 characters"],
    ["apiKey", "", "empty"],
    ["disableSignup", "true", "true or false"],
    ["disableSignup", null, "true or false"],
    ["apiUrl", null, "string"],
  ])("of %s = %j name the field and what is expected", (field, value, expected) => {
    expect(refusal({ [field]: value }).issues).toEqual([
      { field, message: expect.stringContaining(expected) },
    ]);
  });

  it("of a name that is no setting say so", () => {
    expect(refusal({ apiURL: "http://x" }).issues).toEqual([
      { field: "apiURL", message: "no such setting" },
    ]);
  });

  it.each([null, "http://x", 3, []])("of %j as a whole are told", (input) => {
    expect(refusal(input)).toMatchObject({ kind: "InvalidConfig", issues: [{ field: "config" }] });
  });

  it("never show a value that may be secret", () => {
    const secrets = {
      databaseUrl: "mysql://lago:hunter2-hunter2@db/lago",
      redisUrl: "http://:hunter2-hunter2@redis",
      secretKeyBase: "hunter2-hunter2",
      rsaPrivateKey: "-----BEGIN RSA PRIVATE KEY-----\nhunter2-hunter2\n-----END",
      apiKey: { nested: "hunter2-hunter2" },
    };
    const error = refusal(secrets);
    expect(error.issues).toHaveLength(5);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("hunter2");
    expect(JSON.stringify(error)).not.toContain("hunter2");
  });
});
