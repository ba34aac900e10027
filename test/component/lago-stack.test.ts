import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/stack/args.ts";
import { rsaKey } from "../support/keys.ts";
import {
  allRegistered,
  isSecret,
  LagoStack,
  type MockOptions,
  type Registered,
  resolved,
  reveal,
  secretPaths,
  useMocks,
  withoutSecrets,
} from "../support/pulumi-mocks.ts";

const KEYS = {
  secretKeyBase: "made secretKeyBase",
  rsaPrivateKey: "made rsaPrivateKey",
  encryptionPrimaryKey: "made encryptionPrimaryKey",
  encryptionDeterministicKey: "made encryptionDeterministicKey",
  encryptionKeyDerivationSalt: "made encryptionKeyDerivationSalt",
  postgresPassword: "made postgresPassword",
};

/** What the real providers would answer, as far as the program reads it. */
function outputsOf({ type, inputs }: Registered): Record<string, unknown> {
  switch (type) {
    case "pulumi-nodejs:dynamic/lago:Keys":
      return { ...KEYS, ...reveal<object>(inputs.given ?? {}) };
    case "pulumi-nodejs:dynamic/lago:Project":
      return { digest: "d1", generation: 1 };
    case "pulumi-nodejs:dynamic/lago:Status":
      return { running: true, services: [{ name: "api", status: "Running" }], logs: { api: "x" } };
    default:
      return {};
  }
}

/** Builds a stack called `lago` and waits until all of it is registered. */
async function build(args: LagoStackArgs = {}, options: MockOptions = {}) {
  const resources = await useMocks({ outputs: outputsOf, ...options });
  const stack = new LagoStack("lago", args);
  await Promise.all([resolved(stack.urn), resolved(stack.running), resolved(stack.keys)]);
  await allRegistered();
  const byName = (name: string): Registered => {
    const found = resources.find((one) => one.name === name);
    if (found === undefined) {
      throw new Error(`there is no ${name} among ${resources.map((one) => one.name).join(", ")}`);
    }
    return found;
  };
  return { stack, resources, byName };
}

/** The environment of the command that starts the deployment. */
async function environmentOf(args: LagoStackArgs = {}, options: MockOptions = {}) {
  const { byName } = await build(args, options);
  return byName("lago-deployment").inputs.environment as Record<string, unknown>;
}

async function specOf(args: LagoStackArgs = {}, options: MockOptions = {}) {
  const { byName } = await build(args, options);
  return reveal<{ spec: Record<string, unknown> }>(byName("lago-project").inputs).spec;
}

describe("the resources", () => {
  it("are these five below the component, each after the one it needs", async () => {
    const { resources } = await build();
    expect(
      resources.map(({ type, name, parent, dependencies }) => ({
        type,
        name,
        parent,
        after: [...dependencies].sort(),
      })),
    ).toEqual([
      {
        type: "z-billing-lago:index:LagoStack",
        name: "lago",
        parent: expect.anything(),
        after: [],
      },
      { type: "pulumi-nodejs:dynamic/lago:Keys", name: "lago-keys", parent: "lago", after: [] },
      {
        type: "pulumi-nodejs:dynamic/lago:Project",
        name: "lago-project",
        parent: "lago",
        after: ["lago-keys"],
      },
      {
        type: "command:local:Command",
        name: "lago-anchor",
        parent: "lago",
        after: ["lago-project"],
      },
      {
        type: "command:local:Command",
        name: "lago-deployment",
        parent: "lago",
        after: expect.arrayContaining(["lago-anchor"]),
      },
      {
        type: "pulumi-nodejs:dynamic/lago:Status",
        name: "lago-status",
        parent: "lago",
        after: expect.arrayContaining(["lago-deployment"]),
      },
    ]);
  });

  it("are the same in a preview", async () => {
    const { resources } = await build();
    const { resources: previewed } = await buildPreview();
    expect(previewed.map(({ type, name }) => [type, name])).toEqual(
      resources.map(({ type, name }) => [type, name]),
    );
  });
});

/** Builds a stack of which no resource exists yet, so that no output of one is known. */
async function buildPreview(args: LagoStackArgs = {}) {
  const resources = await useMocks({ preview: true });
  const stack = new LagoStack("lago", args);
  await Promise.all([resolved(stack.urn), resolved(stack.running)]);
  await allRegistered();
  return { stack, resources };
}

describe("the commands", () => {
  const TEXTS = ["create", "update", "delete"] as const;

  it("have constant texts, with no value and no path of a checkout in them", async () => {
    const texts = async (args: LagoStackArgs) => {
      const { byName } = await build(args);
      return ["lago-anchor", "lago-deployment"].map((name) =>
        TEXTS.map((text) => byName(name).inputs[text]),
      );
    };
    const plain = await texts({});
    const other = await texts({
      projectName: "other",
      lagoPath: "/srv/other",
      environment: { POSTGRES_PASSWORD: "hunter2-hunter2" },
      ports: { api: 4000 },
      removeVolumesOnDestroy: true,
    });
    expect(other).toEqual(plain);
    for (const text of plain.flat().filter((one) => one !== undefined)) {
      expect(text).toMatch(/^exec node /);
      expect(text).not.toMatch(/file:|\/(?!cli"|providers")|\\/);
    }
  });

  it("start on create and update, end on delete; the anchor only ends", async () => {
    const { byName } = await build();
    const [anchor, deployment] = ["lago-anchor", "lago-deployment"].map((name) =>
      TEXTS.map((text) =>
        String(byName(name).inputs[text] ?? "").replace(/^exec node .*' -- /, ""),
      ),
    );
    expect(anchor).toEqual(["", "", "down --json"]);
    expect(deployment).toEqual(["up --json", "up --json", "down --json"]);
  });

  it.each(["lago-anchor", "lago-deployment"])(
    "of %s never replace and feed nothing back",
    async (name) => {
      const { byName } = await build();
      const { inputs, additionalSecretOutputs } = byName(name);
      expect(inputs).not.toHaveProperty("triggers");
      expect(inputs.addPreviousOutputInEnv).toBe(false);
      expect(inputs.logging).toBe("stderr");
      expect(additionalSecretOutputs).toEqual(["stdout", "stderr"]);
    },
  );

  it("of the anchor need no folder, no file and no setting of Lago to end the deployment", async () => {
    const { byName } = await build({
      projectName: "p",
      lagoPath: "/srv/lago",
      removeVolumesOnDestroy: true,
    });
    const environment = byName("lago-anchor").inputs.environment as Record<string, string>;
    expect(Object.keys(environment)).toEqual(["Z_BILLING_LAGO_SPEC"]);
    expect(JSON.parse(environment.Z_BILLING_LAGO_SPEC ?? "")).toEqual({
      projectName: "p",
      removeVolumesOnDestroy: true,
    });
  });
});

describe("the environment of the deployment", () => {
  it("has a value for each variable that the spec names, and what makes an update", async () => {
    const environment = reveal<Record<string, string>>(await environmentOf());
    const { Z_BILLING_LAGO_SPEC: spec = "", ...rest } = environment;
    const { Z_BILLING_LAGO_DIGEST: digest, Z_BILLING_LAGO_GENERATION: generation } = rest;
    expect({ digest, generation }).toEqual({ digest: "d1", generation: "1" });
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
      secretKeyBase: pulumi.secret("f".repeat(64)),
      rsaPrivateKey: rsaKey().pkcs1,
      apiKey: pulumi.secret("lago_key-1234567890"),
      disableSignup: pulumi.output(true),
    };
    expect(reveal(await environmentOf({ config }))).toMatchObject({
      LAGO_API_URL: "https://api.example.com",
      LAGO_FRONT_URL: "https://app.example.com",
      DATABASE_URL: "postgresql://u:hunter2-hunter2@db.example.com/lago",
      REDIS_URL: "redis://cache.example.com:6379",
      SECRET_KEY_BASE: "f".repeat(64),
      LAGO_RSA_PRIVATE_KEY: rsaPrivateKey,
      LAGO_API_KEY: "lago_key-1234567890",
      LAGO_DISABLE_SIGNUP: "true",
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
        outputs: (one) => ({ ...outputsOf(one), generation: 2, drift: [], running: false }),
      },
    );
    expect(reveal(drifted)).toEqual({ ...before, Z_BILLING_LAGO_GENERATION: "2" });
  });
});

describe("secrets", () => {
  const CANARY = "hunter2-hunter2";
  const args: LagoStackArgs = {
    config: {
      databaseUrl: `postgresql://u:${CANARY}@db/lago`,
      redisUrl: `redis://:${CANARY}@cache`,
      secretKeyBase: CANARY.repeat(3),
      apiKey: CANARY,
    },
    environment: { LAGO_SMTP_PASSWORD: CANARY },
  };

  it("are marked wherever they go, although the program gave them in plain", async () => {
    const { resources } = await build(args);
    expect(JSON.stringify(reveal(resources))).toContain(CANARY);
    for (const { name, inputs } of resources) {
      expect(JSON.stringify(withoutSecrets(inputs)), name).not.toContain(CANARY);
    }
  });

  it("are all variables but the public URLs and switches", async () => {
    const environment = await environmentOf(args);
    const plain = Object.keys(environment).filter(
      (name) => !secretPaths(environment).includes(name),
    );
    expect(plain.sort()).toEqual([
      "LAGO_API_URL",
      "LAGO_DISABLE_SIGNUP",
      "LAGO_FRONT_URL",
      "Z_BILLING_LAGO_DIGEST",
      "Z_BILLING_LAGO_GENERATION",
      "Z_BILLING_LAGO_SPEC",
    ]);
  });

  it("are so among the outputs, and what is none is readable", async () => {
    const { stack } = await build(args);
    const { running, services, apiUrl, frontUrl, projectName } = stack;
    expect(await Promise.all([stack.keys, stack.logs].map(isSecret))).toEqual([true, true]);
    const readable = [running, services, apiUrl, frontUrl, projectName];
    expect(await Promise.all(readable.map((output) => isSecret(output)))).toEqual(
      readable.map(() => false),
    );
  });

  it("that the providers make are secret in the state", async () => {
    const { byName } = await build();
    expect(byName("lago-keys").additionalSecretOutputs).toEqual(
      expect.arrayContaining(Object.keys(KEYS)),
    );
    expect(byName("lago-status").additionalSecretOutputs).toEqual(["logs"]);
  });
});

describe("the spec", () => {
  it("has the defaults", async () => {
    const { variables: _, ...spec } = await specOf({}, { stack: "prod" });
    expect(spec).toEqual({ projectName: "lago-prod", pullPolicy: "missing" });
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
      restartToken: "7",
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
      restartToken: "7",
    });
  });

  it("holds names of variables and no values", async () => {
    const { resources } = await build({ environment: { LAGO_SMTP_PASSWORD: "hunter2-hunter2" } });
    const project = resources.find(({ name }) => name === "lago-project");
    expect(JSON.stringify(reveal(project?.inputs.spec))).toContain("LAGO_SMTP_PASSWORD");
    expect(JSON.stringify(reveal(project?.inputs))).not.toContain("hunter2");
  });
});

describe("the outputs", () => {
  it("are what was observed, and where Lago is", async () => {
    const { stack } = await build({ config: { apiUrl: "https://api.example.com" } });
    expect(await resolved(stack.running)).toBe(true);
    expect(await resolved(stack.services)).toEqual([{ name: "api", status: "Running" }]);
    expect(await resolved(stack.logs)).toEqual({ api: "x" });
    expect(await resolved(stack.apiUrl)).toBe("https://api.example.com");
    expect(await resolved(stack.frontUrl)).toBe("http://localhost:80");
    expect(await resolved(stack.projectName)).toBe("lago-dev");
    expect(await resolved(stack.keys)).toEqual(KEYS);
  });

  it("say where Lago is when only its ports were moved", async () => {
    const ports = { api: 4000, front: pulumi.output(4080) };
    const { stack } = await build({ ports });
    expect(await resolved(stack.apiUrl)).toBe("http://localhost:4000");
    expect(await resolved(stack.frontUrl)).toBe("http://localhost:4080");
    expect(reveal(await environmentOf({ ports }))).toMatchObject({
      LAGO_API_URL: "http://localhost:4000",
      LAGO_FRONT_URL: "http://localhost:4080",
    });
  });
});

describe("the status", () => {
  it("is read anew with each change of the deployment, at the length asked for", async () => {
    const { byName } = await build({ logTail: 5 });
    const { projectName, logTail, revision } = reveal<Record<string, unknown>>(
      byName("lago-status").inputs,
    );
    expect({ projectName, logTail }).toEqual({ projectName: "lago-dev", logTail: 5 });
    expect(Object.keys(revision as object).sort()).toEqual([
      "Z_BILLING_LAGO_DIGEST",
      "Z_BILLING_LAGO_GENERATION",
      "Z_BILLING_LAGO_SPEC",
    ]);
    const { byName: plain } = await build();
    expect(plain("lago-status").inputs.logTail).toBe(20);
  });
});
