import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import { rsaKey } from "../support/keys.ts";
import { reveal } from "../support/pulumi-mocks.ts";
import { SECRETS } from "../support/sample.ts";
import { build, environmentOf, KEYS, outputsOf, specOf } from "./stack.ts";

describe("the environment of the deployment", () => {
  it("has a value for each variable that the spec names, and what makes an update", async () => {
    const environment = reveal<Record<string, string>>(await environmentOf());
    const { Z_BILLING_LAGO_SPEC: spec = "", ...rest } = environment;
    const { Z_BILLING_LAGO_DIGEST: digest, Z_BILLING_LAGO_GENERATION: generation } = rest;
    expect({ digest, generation }).toEqual({ digest: "d1", generation: "1 1 1 1" });
    expect(JSON.parse(spec).variables).toEqual(
      Object.keys(rest)
        .filter((name) => !name.startsWith("Z_BILLING_LAGO_"))
        .sort(),
    );
    expect(rest).toMatchObject({
      POSTGRES_PASSWORD: KEYS.postgresPassword,
      SECRET_KEY_BASE: KEYS.secretKeyBase,
      LAGO_RSA_PRIVATE_KEY: KEYS.rsaPrivateKey,
      LAGO_ENCRYPTION_PRIMARY_KEY: KEYS.encryptionPrimaryKey,
      LAGO_ENCRYPTION_DETERMINISTIC_KEY: KEYS.encryptionDeterministicKey,
      LAGO_ENCRYPTION_KEY_DERIVATION_SALT: KEYS.encryptionKeyDerivationSalt,
      LAGO_API_URL: "http://localhost:3000",
      LAGO_FRONT_URL: "http://localhost:80",
      LAGO_DISABLE_SIGNUP: "false",
    });
    expect(rest).not.toHaveProperty("DATABASE_URL");
    expect(rest).not.toHaveProperty("REDIS_URL");
    expect(rest).not.toHaveProperty("LAGO_API_KEY");
  });

  it("takes every setting of config, also as outputs", async () => {
    const rsaPrivateKey = Buffer.from(rsaKey().pkcs1).toString("base64");
    const config = {
      apiUrl: pulumi.output("https://api.example.com"),
      frontUrl: Promise.resolve("https://app.example.com"),
      databaseUrl: pulumi.secret("postgresql://u:hunter2-hunter2@db.example.com/lago"),
      redisUrl: "redis://cache.example.com:6379",
      secretKeyBase: pulumi.secret(SECRETS.secretKeyBase),
      rsaPrivateKey: rsaKey().pkcs1,
      apiKey: pulumi.secret("lago_key-hunter2-1234567890"),
      disableSignup: pulumi.output(true),
    };
    expect(reveal(await environmentOf({ config }))).toMatchObject({
      LAGO_API_URL: "https://api.example.com",
      LAGO_FRONT_URL: "https://app.example.com",
      DATABASE_URL: "postgresql://u:hunter2-hunter2@db.example.com/lago",
      REDIS_URL: "redis://cache.example.com:6379",
      SECRET_KEY_BASE: SECRETS.secretKeyBase,
      LAGO_RSA_PRIVATE_KEY: rsaPrivateKey,
      LAGO_API_KEY: "lago_key-hunter2-1234567890",
      LAGO_DISABLE_SIGNUP: "true",
    });
  });

  it("has the addresses of the domain that a proxy serves, unless others are given", async () => {
    const common = {
      settings: { proxy: { domain: "lago.example.com" } },
      // The bundled file has no proxy.
      allowUnsafe: ["without-effect:LAGO_DOMAIN", "signup-open:LAGO_DISABLE_SIGNUP"],
    };
    expect(reveal(await environmentOf({ ...common, ports: { api: 3100 } }))).toMatchObject({
      LAGO_API_URL: "https://lago.example.com/api",
      LAGO_FRONT_URL: "https://lago.example.com",
    });
    const config = { apiUrl: "https://api.example.com" };
    expect(reveal(await environmentOf({ ...common, config }))).toMatchObject({
      LAGO_API_URL: "https://api.example.com",
      LAGO_FRONT_URL: "https://lago.example.com",
    });
  });

  it.each<[string, LagoStackArgs["environment"]]>([
    ["plain", { SENTRY_DSN: "https://x", LAGO_DISABLE_SIGNUP: "true" }],
    [
      "of outputs",
      { SENTRY_DSN: pulumi.output("https://x"), LAGO_DISABLE_SIGNUP: pulumi.secret("true") },
    ],
    ["an output", pulumi.secret({ SENTRY_DSN: "https://x", LAGO_DISABLE_SIGNUP: "true" })],
    ["a promise", Promise.resolve({ SENTRY_DSN: "https://x", LAGO_DISABLE_SIGNUP: "true" })],
  ])("takes further variables over the others: %s", async (_, environment) => {
    const variables = reveal<Record<string, string>>(await environmentOf({ environment }));
    expect(variables).toMatchObject({ SENTRY_DSN: "https://x", LAGO_DISABLE_SIGNUP: "true" });
    const { variables: names } = JSON.parse(variables.Z_BILLING_LAGO_SPEC ?? "");
    expect(names).toContain("SENTRY_DSN");
    expect(new Set(names).size).toBe(names.length);
  });

  it("changes with the files and with drift, and with nothing else of the observation", async () => {
    const before = reveal<object>(await environmentOf());
    const drifted = await environmentOf(
      {},
      {
        outputs: (one) => ({
          ...outputsOf(one),
          ...(one.name === "lago-db" ? { generation: "2", state: "exited (1)" } : {}),
          running: false,
        }),
      },
    );
    expect(reveal(drifted)).toEqual({ ...before, Z_BILLING_LAGO_GENERATION: "1 2 1 1" });
  });
});

describe("the spec", () => {
  it("has the defaults", async () => {
    const { variables: _, ...spec } = await specOf({}, { stack: "prod" });
    expect(spec).toEqual({
      projectName: "lago-prod",
      pullPolicy: "missing",
      redisPasswordIsMade: true,
    });
  });

  it("has every argument, outputs among them", async () => {
    const args = {
      projectName: pulumi.output("billing"),
      lagoPath: "/srv/lago",
      composeFiles: ["a.yml", pulumi.output("b.yml")],
      profiles: pulumi.output(["tools"]),
      ports: { api: 4000, front: pulumi.output(4080), address: "::1" },
      pullPolicy: "never",
      startTimeoutSeconds: 60,
      lockTimeoutSeconds: 0,
      restartToken: "7",
      environment: { REDIS_PASSWORD: "a-password-of-ours" },
    };
    const { variables: _, ...spec } = await specOf(args);
    expect(spec).toEqual({
      projectName: "billing",
      lagoPath: "/srv/lago",
      composeFiles: ["a.yml", "b.yml"],
      profiles: ["tools"],
      ports: { api: 4000, front: 4080, address: "::1" },
      pullPolicy: "never",
      startTimeoutSeconds: 60,
      lockTimeoutSeconds: 0,
      restartToken: "7",
      redisPasswordIsMade: false,
    });
  });

  it("has its fields in the order in which the states of stacks have them", async () => {
    const args: LagoStackArgs = {
      allowDataRisk: ["downgrade:api"],
      allowUnsafe: ["a:B"],
      allowVolumeChange: ["lago_redis_data"],
      allowKeyChange: ["encryptionPrimaryKey"],
      restartToken: "7",
      workers: { events: { count: 2 } },
      memoryLimits: { api: "1g" },
      version: "v1.50.0",
      lockTimeoutSeconds: 0,
      startTimeoutSeconds: 60,
      pullPolicy: "never",
      ports: { api: 4000 },
      profiles: ["tools"],
      composeFiles: ["docker-compose.yml"],
      lagoPath: "/srv/lago",
      dockerHost: "unix:///run/docker.sock",
      removeVolumesOnDestroy: "lago-dev",
    };
    const { byName } = await build(args);
    const specOfCommand = (name: string) =>
      reveal<Record<string, string>>(byName(name).inputs.environment).Z_BILLING_LAGO_SPEC ?? "";
    const { ports: _, variables, ...spec } = JSON.parse(specOfCommand("lago-deployment"));
    expect(Array.isArray(variables)).toBe(true);
    expect(JSON.stringify(spec)).toBe(
      '{"projectName":"lago-dev","dockerHost":"unix:///run/docker.sock","lagoPath":"/srv/lago","composeFiles":["docker-compose.yml"],"profiles":["tools"],"pullPolicy":"never","startTimeoutSeconds":60,"lockTimeoutSeconds":0,"version":"v1.50.0","memoryLimits":{"api":"1g"},"workers":{"events":{"count":2}},"restartToken":"7","redisPasswordIsMade":true,"allowKeyChange":["encryptionPrimaryKey"],"allowVolumeChange":["lago_redis_data"],"allowUnsafe":["a:B"],"allowDataRisk":["downgrade:api"]}',
    );
    expect(specOfCommand("lago-anchor")).toBe(
      '{"projectName":"lago-dev","dockerHost":"unix:///run/docker.sock","removeVolumesOnDestroy":"lago-dev","lockTimeoutSeconds":0}',
    );
  });

  it("holds names of variables and no values", async () => {
    const { resources } = await build({ environment: { LAGO_SMTP_PASSWORD: "hunter2-hunter2" } });
    const project = resources.find(({ name }) => name === "lago-project");
    expect(JSON.stringify(reveal(project?.inputs.spec))).toContain("LAGO_SMTP_PASSWORD");
    expect(JSON.stringify(reveal(project?.inputs))).not.toContain("hunter2");
  });
});
