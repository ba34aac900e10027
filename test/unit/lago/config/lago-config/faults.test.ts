import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { DeployError } from "../../../../../src/errors.ts";
import { LagoConfig, type LagoConfigInput } from "../../../../../src/lago/config/lago-config.ts";
import { FULL, fieldsOf } from "../full-config.ts";

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
    ["apiUrl", "http://localhost/\u0001x", "a URL such as https://"],
    ["apiUrl", 3000, "a URL such as https://"],
    ["frontUrl", "billing.example.com", "a URL such as https://"],
    ["databaseUrl", "http://db:5432/lago", "a URL such as postgresql://"],
    ["databaseUrl", "postgresql:///lago", "a URL such as postgresql://"],
    ["redisUrl", "postgresql://db/lago", "a URL such as redis://"],
    ["secretKeyBase", "x".repeat(31), "32 characters"],
    ["secretKeyBase", "your-secret-key-base-hex-64", "32 characters"],
    ["apiKey", "", "empty"],
    ["disableSignup", "true", "true or false"],
    ["disableSignup", null, "true or false"],
    ["apiUrl", null, "a URL such as https://"],
  ])("of %s = %j name the field and what is expected", (field, value, expected) => {
    expect(refusal({ [field]: value }).issues).toEqual([
      { field, message: expect.stringContaining(expected) },
    ]);
  });

  it("of a name that is no setting say so", () => {
    expect(refusal({ apiURL: "http://x" }).issues).toEqual([
      { field: "apiURL", message: "no such setting. Did you mean apiUrl?" },
    ]);
  });

  it("of a name that is near none say no more", () => {
    expect(refusal({ xylophone: true }).issues).toEqual([
      { field: "xylophone", message: "no such setting" },
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
