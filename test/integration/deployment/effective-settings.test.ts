import { describe, expect, it } from "vitest";
import { effectiveSettings, fileDefaults } from "../../../src/deployment/effective-settings.ts";
import { deploymentOf } from "../../../src/deployment/from-spec.ts";
import type { DeployError } from "../../../src/errors.ts";
import { parseStackConfig } from "../../../src/pulumi/cli/stack-config.ts";
import { deploymentOfStack } from "../../../src/pulumi/cli/stack-deployment.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { LAGO_PATH, SECRETS, SMALL, secretsIn } from "../../support/sample.ts";

const FILE = {
  services: {
    api: {
      image: "getlago/api:v1.50.0",
      environment: {
        SECRET_KEY_BASE: "${SECRET_KEY_BASE:?set it}",
        LAGO_PDF_URL: "${LAGO_PDF_URL:-http://pdf:3000}",
        DATABASE_URL: "postgresql://${POSTGRES_USER:-lago}:${POSTGRES_PASSWORD}@db/lago",
        LITERAL: "$${NOT_ONE:-x}",
        QUOTED: '${QUOTED:-a "b"}',
      },
    },
  },
};

/** Settings by name, as `VALUE (ORIGIN)`. */
async function settingsOf(
  spec: Parameters<typeof deploymentOf>[0],
  values: Record<string, string>,
  known?: Parameters<typeof effectiveSettings>[1],
) {
  useFakeDocker({ ...SMALL, config: { stdout: JSON.stringify(FILE) } });
  const deployment = deploymentOf(
    { lagoPath: LAGO_PATH, variables: Object.keys(values), ...spec },
    values,
  );
  const all = await effectiveSettings(deployment, known);
  return Object.fromEntries(all.map(({ name, value, origin }) => [name, `${value} (${origin})`]));
}

describe("effective settings", () => {
  it("say of each where it comes from", async () => {
    const settings = await settingsOf(
      { projectName: "lago-test", ports: { api: 4000 }, startTimeoutSeconds: 77 },
      {
        LAGO_DISABLE_SIGNUP: "true",
        POSTGRES_PASSWORD: "p@ssword-1",
        POSTGRES_HOST: "db.example.com",
      },
    );
    expect(settings).toMatchObject({
      projectName: "lago-test (given)",
      "ports.api": "4000 (given)",
      "ports.address": "127.0.0.1 (default)",
      startTimeoutSeconds: "77 (given)",
      lockTimeoutSeconds: "60 (default)",
      LAGO_DISABLE_SIGNUP: "true (given)",
      LAGO_API_URL: "http://localhost:4000 (derived)",
      LAGO_PDF_URL: "http://pdf:3000 (file)",
      POSTGRES_USER: "lago (file)",
      QUOTED: 'a "b" (file)',
      POSTGRES_PASSWORD: "[secret] (given)",
      DATABASE_URL: "[secret] (derived)",
    });
    expect(settings).not.toHaveProperty("NOT_ONE");
  });

  it("hide every secret, also within the values of others", async () => {
    const settings = await settingsOf(
      { projectName: "lago-test" },
      {
        SECRET_KEY_BASE: SECRETS.secretKeyBase,
        LAGO_API_KEY: SECRETS.apiKey,
        REDIS_PASSWORD: SECRETS.password,
        SOME_NOTE: `the key is ${SECRETS.secretKeyBase}`,
        SOME_URL: `https://user:${encodeURIComponent(SECRETS.password)}@example.com`,
      },
    );
    expect(secretsIn(JSON.stringify(settings))).toEqual([]);
    expect(settings.SOME_NOTE).toBe("the key is [secret] (given)");
    // It holds the password in a form of its own.
    expect(settings).not.toHaveProperty("Z_BILLING_LAGO_REDIS_CONFIG");
  });

  it("tell no port that is still to be found", async () => {
    const settings = await settingsOf({ projectName: "x", ports: { api: "auto" } }, {});
    expect(settings["ports.api"]).toBe("auto (given)");
    expect(settings.LAGO_API_URL).toBe("http://localhost, at the port that is found (derived)");
  });
});

it("defaults of a file are those of plain form, the first of each name", () => {
  const definition = { a: "${A:-1} ${A:-2} ${B-} ${C:-${D:-3}}" };
  const service = { definition } as unknown as Parameters<typeof fileDefaults>[0]["services"][0];
  expect(Object.fromEntries(fileDefaults({ services: [service] } as never))).toEqual({
    A: "1",
    B: "",
    D: "3",
  });
});

describe("a stack's settings", () => {
  /** As Pulumi 3.259 prints them. */
  const config = (entries: object) =>
    parseStackConfig(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(entries).map(([key, value]) => [`z-billing-lago:${key}`, value]),
        ),
      ),
    );

  async function stackSettings(entries: object, stack = "dev") {
    useFakeDocker({ ...SMALL, config: { stdout: JSON.stringify(FILE) } });
    const all = config({ lagoPath: { value: LAGO_PATH, secret: false }, ...entries });
    const { deployment, known } = deploymentOfStack(all, stack, ".", {});
    const settings = await effectiveSettings(deployment, known);
    return Object.fromEntries(
      settings.map(({ name, value, origin }) => [name, `${value} (${origin})`]),
    );
  }

  it("are those of its config, and keys that are made", async () => {
    const settings = await stackSettings({
      ports: { value: '{"api":3100}', objectValue: { api: 3100 }, secret: false },
      disableSignup: { value: "true", secret: false },
      lockTimeoutSeconds: { value: "5", secret: false },
      secretKeyBase: { value: SECRETS.secretKeyBase, secret: true },
    });
    expect(settings).toMatchObject({
      projectName: "lago-dev (derived)",
      "ports.api": "3100 (given)",
      lockTimeoutSeconds: "5 (given)",
      LAGO_API_URL: "http://localhost:3100 (derived)",
      LAGO_DISABLE_SIGNUP: "true (given)",
      SECRET_KEY_BASE: "[secret] (given)",
      LAGO_RSA_PRIVATE_KEY: "[secret] (generated)",
      POSTGRES_PASSWORD: "[secret] (generated)",
    });
  });

  it("hide all of what was set together with a secret", async () => {
    const mail = { smtpAddress: "smtp.example.com", smtpPassword: SECRETS.password };
    const settings = await stackSettings({
      settings: { value: "", objectValue: { mail }, secret: true },
      environment: { value: "", objectValue: { PLAIN: "value of its own" }, secret: true },
    });
    expect(settings).toMatchObject({
      LAGO_SMTP_ADDRESS: "[secret] (given)",
      LAGO_SMTP_PASSWORD: "[secret] (given)",
      PLAIN: "[secret] (given)",
    });
  });

  it("make no password for a database elsewhere", async () => {
    const settings = await stackSettings(
      { databaseUrl: { value: "postgresql://a:secret-1@db.example.com:5432/lago", secret: true } },
      "org/z-billing-lago/prod",
    );
    expect(settings).not.toHaveProperty("POSTGRES_PASSWORD");
    expect(settings).toMatchObject({
      projectName: "lago-prod (derived)",
      DATABASE_URL: "[secret] (given)",
    });
  });

  it("are judged as the program judges them, all at once", () => {
    const faulty = config({
      protekt: { value: "true", secret: false },
      ports: { value: "", objectValue: { api: 99_999 }, secret: false },
      settings: { value: "", objectValue: { mail: { smtpPort: "many" } }, secret: false },
      workers: { value: '{"event":{}}', secret: false },
    });
    try {
      deploymentOfStack(faulty, "dev", ".", {});
      expect.unreachable();
    } catch (error) {
      const { issues } = error as DeployError;
      expect(issues.map(({ field }) => field)).toEqual([
        "protekt",
        "settings.mail.smtpPort",
        "ports.api",
        "workers.event",
      ]);
      expect(issues[0]?.message).toBe(
        "is not a setting of z-billing-lago. Did you mean protect? To remove it: `./zbl unset dev protekt`",
      );
    }
  });

  it("may have other names in a program of another name", () => {
    const text = JSON.stringify({
      "own:greeting": { value: "hello" },
      "own:ports": { value: '{"api":3100}' },
    });
    const { deployment } = deploymentOfStack(parseStackConfig(text, "own"), "dev", ".", {});
    expect(deployment.options.ports).toEqual({ api: 3100 });
  });

  it("are refused in a form that nobody knows, without showing it", () => {
    expect(() => parseStackConfig(`["${SECRETS.password}"]`)).toThrow(/not of the expected form/);
    try {
      parseStackConfig(`{"a": "${SECRETS.password}"}`);
      expect.unreachable();
    } catch (error) {
      expect(secretsIn(String(error))).toEqual([]);
    }
  });
});
