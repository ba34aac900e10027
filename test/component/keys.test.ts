/** What `LagoStack` makes of its keys, by Pulumi's own mocks: no engine, no Docker, no provider. */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/index.ts";
import { KEY_NAMES } from "../../src/lago/lago-keys.ts";

// Loaded by Node itself: Pulumi writes down the text of the dynamic providers' methods, and could
// not do so with what the test runner makes of it.
const load = createRequire(import.meta.url);
const { LagoStack } = load("z-billing-lago") as typeof import("../../src/index.ts");

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const KEYS_TYPE = "pulumi-nodejs:dynamic/lago:Keys";
const BASE = "given-secret-key-base-of-64-characters-".repeat(3);

const registered: Registered[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      call: ({ inputs }) => inputs,
      newResource: ({ type, name, inputs }) => {
        registered.push({ type, name, inputs });
        const { spec } = inputs;
        // An update for the password of Redis alone is none.
        const { redisPassword: _, ...given } = inputs.given?.value ?? {};
        const made = Object.fromEntries(KEY_NAMES.map((key) => [key, `made-${key}`]));
        const state = type === KEYS_TYPE ? { ...inputs, ...made, ...given } : inputs;
        return { id: spec?.projectName ?? name, state: { running: true, ...state } };
      },
    },
    "zbl-test-program",
    "zbl-test-stack",
  );
});

/** A stack whose resources are all registered, with what it passed on. */
async function stackOf(name: string, args: LagoStackArgs) {
  const stack = new LagoStack(name, args);
  const keys = await resolved(stack.keys);
  await resolved(stack.running);
  const find = (suffix: string) =>
    registered.find((one) => one.name === `${name}-${suffix}`)?.inputs ?? {};
  return { stack, keys, keysInputs: find("keys"), deployment: find("deployment") };
}

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

/** A secret as it goes to the engine, which encrypts it. */
const secretOf = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** The variables of a command, which are a secret as a whole where some were given as one. */
function environmentOf({ environment }: Record<string, unknown>): Record<string, string> {
  const { value, ...plain } = environment as Record<string, unknown>;
  return (value ?? plain) as Record<string, string>;
}

describe("a stack", () => {
  it("without keys asks for all of them and hands on what was made", async () => {
    const { keys, keysInputs, deployment } = await stackOf("plain", {});
    expect(keysInputs).toMatchObject({
      projectName: "lago-zbl-test-stack",
      allowKeyChange: [],
    });
    expect(keysInputs.given).toEqual(secretOf({}));
    expect(Object.keys(keys).sort()).toEqual([...KEY_NAMES].sort());
    expect(environmentOf(deployment)).toMatchObject({
      SECRET_KEY_BASE: "made-secretKeyBase",
      LAGO_ENCRYPTION_PRIMARY_KEY: "made-encryptionPrimaryKey",
      POSTGRES_PASSWORD: "made-postgresPassword",
      REDIS_PASSWORD: "made-redisPassword",
    });
  });

  it("gives a Redis of one's own no password that it would refuse, but the one that is given", async () => {
    const environment = { REDIS_HOST: "redis.example.com" };
    const none = await stackOf("own-redis", { environment });
    expect(environmentOf(none.deployment).REDIS_PASSWORD).toBe("");
    const redisUrl = "redis://redis.example.com:6379";
    const given = await stackOf("own-redis-with", {
      config: { redisUrl },
      environment: { REDIS_PASSWORD: "given-redis-password" },
    });
    expect(environmentOf(given.deployment).REDIS_PASSWORD).toBe("given-redis-password");
    expect(given.keys.redisPassword).toBe("given-redis-password");
  });

  it("says which keys are given, by settings and by variables, and uses them", async () => {
    const { keys, keysInputs, deployment } = await stackOf("given", {
      config: { secretKeyBase: pulumi.secret(BASE) },
      environment: { POSTGRES_PASSWORD: "given-password", LAGO_FROM_EMAIL: "a@example.com" },
    });
    const given = { secretKeyBase: BASE, postgresPassword: "given-password" };
    expect(keysInputs.given).toEqual(secretOf(given));
    expect(keys).toMatchObject(given);
    expect(environmentOf(deployment)).toMatchObject({
      SECRET_KEY_BASE: BASE,
      POSTGRES_PASSWORD: "given-password",
    });
  });

  it("takes variables that come as one output, and the variable before the setting", async () => {
    const { keysInputs, deployment } = await stackOf("output", {
      config: { secretKeyBase: BASE },
      environment: pulumi.secret({ SECRET_KEY_BASE: `${BASE}2` }),
    });
    expect(keysInputs.given).toEqual(secretOf({ secretKeyBase: `${BASE}2` }));
    expect(environmentOf(deployment).SECRET_KEY_BASE).toBe(`${BASE}2`);
  });

  it("hands the names of keys that may change to the preview's check and to the run", async () => {
    const allowKeyChange = ["encryptionPrimaryKey"];
    const { keysInputs, deployment } = await stackOf("allowing", { allowKeyChange });
    expect(keysInputs.allowKeyChange).toEqual(allowKeyChange);
    const spec = JSON.parse(environmentOf(deployment).Z_BILLING_LAGO_SPEC ?? "{}");
    expect(spec.allowKeyChange).toEqual(allowKeyChange);
  });

  it("keeps the keys secret in its outputs", async () => {
    const { stack } = await stackOf("secret", {});
    expect(await pulumi.isSecret(stack.keys)).toBe(true);
  });
});
