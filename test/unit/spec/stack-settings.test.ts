/** The config of a stack: faults that are told, and values that are made of it. */
import { describe, expect, it } from "vitest";
import { type ConfigIssue, DeployError } from "../../../src/errors.ts";
import { readStackSettings } from "../../../src/spec/stack-settings.ts";

const OF = { program: "z-billing-lago", stack: "prod" };
const SECRET = "hunter2-hunter2";

const read = (texts: Readonly<Record<string, string>>, of = OF) =>
  readStackSettings(new Map(Object.entries(texts)), of);

function faults(texts: Readonly<Record<string, string>>, of = OF): readonly ConfigIssue[] {
  try {
    read(texts, of);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "InvalidConfig") {
      return error.issues;
    }
    throw error;
  }
  return [];
}

describe("a name that is no setting", () => {
  it.each([
    ["protekt", "protect"],
    ["disableSignUp", "disableSignup"],
    ["memoryLimit", "memoryLimits"],
    ["databaseURL", "databaseUrl"],
    ["smtpPort", "settings.mail.smtpPort"],
    ["mail", "settings.mail"],
    ["LAGO_FROM_EMAIL", "settings.mail.from"],
  ])("%s is told with %s, and with the command that removes it", (name, meant) => {
    expect(faults({ [name]: "true" })).toEqual([
      {
        field: name,
        message: `is not a setting of z-billing-lago. Did you mean ${meant}? To remove it: \`./zbl unset prod ${name}\``,
      },
    ]);
  });

  it("is told by itself where nothing is near", () => {
    expect(faults({ xylophone: "1" })[0]?.message).toBe(
      "is not a setting of z-billing-lago. To remove it: `./zbl unset prod xylophone`",
    );
  });

  it("is told with --path where that was left out", () => {
    expect(faults({ "ports.api": "3000" })[0]?.message).toBe(
      "is not a setting of z-billing-lago: a part of a setting is set by `./zbl set prod ports.api`. To remove it: `./zbl unset prod ports.api`",
    );
  });

  it("is removed by a command that a shell reads as one", () => {
    const of = { program: "own", stack: "org/own/prod" };
    expect(faults({ "a b'c": "" }, of)[0]?.message).toBe(
      "is not a setting of own. To remove it: `./zbl unset org/own/prod 'a b'\\''c'`",
    );
  });

  it.each(["constructor", "__proto__", "toString"])("may be %s", (name) => {
    expect(faults(JSON.parse(`{"${name}": "1"}`)).map(({ field }) => field)).toEqual([name]);
  });
});

describe("a stack's config", () => {
  it("is refused for all its faults at once, without a value of it", () => {
    const texts = {
      protekt: SECRET,
      memoryLimit: SECRET,
      protect: SECRET,
      logTail: "1001",
      startTimeoutSeconds: "soon",
      lockTimeoutSeconds: "-1",
      apiUrl: SECRET,
      databaseUrl: SECRET,
      disableSignup: SECRET,
      profiles: SECRET,
      version: SECRET,
      pullPolicy: SECRET,
      ports: JSON.stringify({ api: SECRET }),
      workers: JSON.stringify({ event: { count: 2 }, pdfs: { count: SECRET } }),
      memoryLimits: JSON.stringify({ api: SECRET }),
      settings: JSON.stringify({ mail: { smtpAdress: SECRET, smtpPort: SECRET }, protekt: 1 }),
      environment: JSON.stringify({ ONE: { nested: SECRET }, TWO: null }),
      dockerHost: "http://x",
      removeVolumesOnDestroy: "true",
    };
    const found = faults(texts);
    expect(found.map(({ field }) => field).sort()).toEqual(
      [
        "protekt",
        "memoryLimit",
        "protect",
        "logTail",
        "startTimeoutSeconds",
        "lockTimeoutSeconds",
        "apiUrl",
        "databaseUrl",
        "disableSignup",
        "profiles",
        "version",
        "pullPolicy",
        "ports.api",
        "workers.event",
        "workers.pdfs.count",
        "memoryLimits.api",
        "settings.mail.smtpAdress",
        "settings.mail.smtpPort",
        "settings.protekt",
        "environment.ONE",
        "environment.TWO",
        "dockerHost",
        "removeVolumesOnDestroy",
      ].sort(),
    );
    expect(found).toContainEqual({
      field: "settings.mail.smtpAdress",
      message: "no such setting. Did you mean settings.mail.smtpAddress?",
    });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  it.each([
    ["settings", "a text", "expected settings by name"],
    ["environment", "a text", "expected variables by name"],
    ["environment", "[1]", "expected variables by name"],
    ["workers", "events", "expected pools by name"],
    ["composeFiles", "docker-compose.yml", "expected a list of texts"],
    ["startTimeoutSeconds", "", "expected a number"],
    ["startTimeoutSeconds", "60s", "expected a number"],
    ["protect", "yes", "expected true or false"],
    ["logTail", "0.5", "expected a whole number from 0 to 1000"],
  ])("has at %s no %j", (name, text, message) => {
    expect(faults({ [name]: text })).toEqual([
      { field: name, message: expect.stringContaining(message) },
    ]);
  });

  it("is read in the forms that settings have", () => {
    const texts = {
      projectName: "123",
      protect: "true",
      disableSignup: "false",
      startTimeoutSeconds: "60.5",
      logTail: "0",
      ports: '{"api":3000,"front":"auto"}',
      profiles: '["tools"]',
      environment: '{"A":"a","B":1,"C":true}',
      removeVolumesOnDestroy: "123",
    };
    expect(read(texts)).toEqual({
      projectName: "123",
      protect: true,
      disableSignup: false,
      startTimeoutSeconds: 60.5,
      logTail: 0,
      ports: { api: 3000, front: "auto" },
      profiles: ["tools"],
      environment: { A: "a", B: "1", C: "true" },
      removeVolumesOnDestroy: "123",
    });
    expect(read({})).toEqual({});
  });

  it("knows its project's name by the stack's where it gives none", () => {
    expect(faults({ removeVolumesOnDestroy: "lago-prod" })).toEqual([]);
    expect(faults({ removeVolumesOnDestroy: "lago-dev" }).map(({ field }) => field)).toEqual([
      "removeVolumesOnDestroy",
    ]);
  });
});
