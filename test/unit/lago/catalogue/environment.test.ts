import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeployError } from "../../../../src/errors.ts";
import {
  type LagoVariable,
  settingsToEnvironment,
  VARIABLES,
} from "../../../../src/lago/catalogue/index.ts";
import { anyText } from "../../../support/arbitraries.ts";

const PEM = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;
const HOSTILE = "a$b\"c'd\\e\nf#g=h{{i}}é ${HOME} `x` ";

const SETTINGS = VARIABLES.filter(({ setting, scope }) => setting && scope !== "deployment");

function nest(path: string, value: unknown): Record<string, unknown> {
  return path
    .split(".")
    .reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Record<string, unknown>;
}

function merge(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  const out = { ...a };
  for (const [key, value] of Object.entries(b)) {
    out[key] =
      typeof out[key] === "object"
        ? merge(out[key] as Record<string, unknown>, value as Record<string, unknown>)
        : value;
  }
  return out;
}

/** A value of a setting's type, and the text that its variable is to have. */
function example({ type }: LagoVariable): { value: unknown; text: string } {
  switch (type.kind) {
    case "text":
      return { value: HOSTILE, text: HOSTILE };
    case "url":
      return {
        value: `${type.schemes[0]}://u:p%40@h.example:1/x?y=$z`,
        text: `${type.schemes[0]}://u:p%40@h.example:1/x?y=$z`,
      };
    case "integer":
    case "number":
      return { value: type.max, text: String(type.max) };
    case "boolean":
      return { value: true, text: "true" };
    case "enum":
      return { value: type.values[0], text: type.values[0] ?? "" };
    case "list":
      return { value: ["a:1", HOSTILE], text: `a:1,${HOSTILE}` };
    case "rsaKey":
      return { value: PEM, text: Buffer.from(PEM).toString("base64") };
  }
}

function faults(settings: unknown): { field: string; message: string }[] {
  try {
    settingsToEnvironment(settings);
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      expect(error.kind).toBe("InvalidConfig");
      return [...error.issues];
    }
    throw error;
  }
  throw new Error("these settings were accepted");
}

describe("settingsToEnvironment", () => {
  it("maps every setting to its variable, hostile characters byte for byte", () => {
    const all = SETTINGS.map((one) => nest(one.setting ?? "", example(one).value)).reduce(merge);
    const expected = Object.fromEntries(SETTINGS.map((one) => [one.name, example(one).text]));
    expect(settingsToEnvironment(all).variables).toEqual(expected);
  });

  it("sets nothing that was not given", () => {
    expect(settingsToEnvironment({}).variables).toEqual({});
    expect(settingsToEnvironment(undefined).variables).toEqual({});
    expect(
      settingsToEnvironment({ mail: undefined, pdf: { disabled: undefined } }).variables,
    ).toEqual({});
  });

  it("switches off what counts as on whatever it holds by an empty text", () => {
    expect(
      settingsToEnvironment({
        pdf: { disabled: false },
        eventStore: { clickhouse: { enabled: false } },
      }).variables,
    ).toEqual({ LAGO_DISABLE_PDF_GENERATION: "false", LAGO_CLICKHOUSE_ENABLED: "" });
  });

  it("names all faults at once, each with its field and the right name", () => {
    expect(
      faults({
        mail: { smtpPort: 70_000, smtpAdress: "x" },
        urls: { api: "billing.example.com" },
        signup: { disabled: "true" },
        database: { url: "mysql://x/y" },
        redis: { sentinels: ["a,b"] },
        keys: { rsaPrivateKey: "no key" },
        ports: { api: 1 },
        smtpPort: 25,
      }).sort((a, b) => (a.field < b.field ? -1 : 1)),
    ).toEqual([
      {
        field: "database.url",
        message: "expected a URL such as postgresql://USER:PASSWORD@HOST:5432/DATABASE",
      },
      {
        field: "keys.rsaPrivateKey",
        message: "expected an RSA private key as PEM, or as base64 of PEM",
      },
      { field: "mail.smtpAdress", message: "no such setting. Did you mean mail.smtpAddress?" },
      { field: "mail.smtpPort", message: "expected a whole number from 1 to 65535" },
      { field: "ports", message: expect.stringContaining("no such setting") },
      { field: "redis.sentinels.0", message: "expected a text that is not empty and has no comma" },
      { field: "signup.disabled", message: "expected true or false" },
      { field: "smtpPort", message: "no such setting. Did you mean mail.smtpPort?" },
      { field: "urls.api", message: "expected a URL such as https://billing.example.com" },
    ]);
  });

  it.each([
    ["a text", "settings"],
    [5, "settings"],
    [{ mail: "smtp.example.com" }, "mail"],
    [{ mail: null }, "mail"],
    [{ mail: { from: null } }, "mail.from"],
    [{ mail: { from: "" } }, "mail.from"],
    [{ mail: { from: "a\0b" } }, "mail.from"],
    [{ urls: { front: "https://a.example\n" } }, "urls.front"],
    [{ urls: { front: " https://a.example" } }, "urls.front"],
    [{ workers: { concurrency: 1.5 } }, "workers.concurrency"],
    [{ workers: { concurrency: Number.NaN } }, "workers.concurrency"],
    [JSON.parse('{"__proto__":{"x":1}}'), "__proto__"],
  ])("refuses %j at %s", (settings, field) => {
    expect(faults(settings).map((fault) => fault.field)).toEqual([field]);
  });

  it("never shows a value", () => {
    const secret = "s3cr3t-value-of-mine";
    const shown = JSON.stringify(
      faults({
        keys: { secretKeyBase: secret, rsaPrivateKey: secret },
        database: { url: secret, port: secret },
        monitoring: { logLevel: secret },
      }),
    );
    expect(shown).not.toContain(secret);
  });
});

describe("whatever the settings", () => {
  const texts = SETTINGS.filter(({ type }) => type.kind === "text" && !("minLength" in type));

  it("texts arrive byte for byte", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        anyText({ minLength: 1 }),
        ({ name, setting = "" }, value) => {
          expect(settingsToEnvironment(nest(setting, value)).variables).toEqual({ [name]: value });
        },
      ),
    );
  });

  it("they are mapped or refused by InvalidConfig", () => {
    const groups = fc.constantFrom(...SETTINGS.map(({ setting = "" }) => setting), "nothing.such");
    fc.assert(
      fc.property(groups, fc.anything(), (path, value) => {
        try {
          const { variables } = settingsToEnvironment(nest(path, value));
          expect(Object.values(variables).every((text) => typeof text === "string")).toBe(true);
        } catch (error) {
          expect(DeployError.isDeployError(error) && error.kind).toBe("InvalidConfig");
        }
      }),
    );
  });
});
