/** The arguments of a stack as its config gives them, and the checkout's own program, which takes them. */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { LagoStackArgs } from "../../src/index.ts";
import { run } from "../../src/process/run.ts";
import { lagoArgsFromConfig } from "../../src/pulumi/stack/args-from-config.ts";
import { STACK_SETTING_NAMES, type StackSettingName } from "../../src/spec/names.ts";
import { ROOT } from "../../testing/folders.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { LagoStack, resolved, useMocks } from "../support/pulumi-mocks.ts";
import { COMPOSE, KEYS } from "./stack.ts";

/** A text of each setting that is valid beside those of the others. */
const TEXTS: Readonly<Record<StackSettingName, string>> = {
  lagoPath: "lago",
  projectName: "lago-own",
  dockerHost: "ssh://deploy@billing.example.com",
  dockerContext: "",
  dockerCertPath: "",
  composeFiles: '["docker-compose.yml"]',
  profiles: '["tools"]',
  ports: '{"api":3000}',
  version: "v1.50.0",
  memoryLimits: '{"api":"1g"}',
  workers: '{"events":{"count":2}}',
  pullPolicy: "always",
  startTimeoutSeconds: "60",
  lockTimeoutSeconds: "0",
  logTail: "5",
  restartToken: "again",
  allowUnsafe: '["a:B"]',
  allowKeyChange: '["encryptionPrimaryKey"]',
  allowVolumeChange: '["lago_redis_data"]',
  protect: "true",
  allowProjectRename: "lago-old",
  allowHostChange: "default",
  removeVolumesOnDestroy: "lago-own",
  settings: '{"mail":{"from":"billing@example.com"}}',
  environment: '{"ONE":1}',
  apiUrl: "https://api.example.com",
  frontUrl: "https://example.com",
  disableSignup: "true",
  databaseUrl: "postgresql://lago:hunter2-hunter2@db.example.com/lago",
  redisUrl: "redis://redis.example.com",
  secretKeyBase: "hunter2-".repeat(5),
  rsaPrivateKey: "",
  apiKey: "hunter2-hunter2",
};

/** Settings that cannot stand beside the others. */
const WITHOUT: readonly string[] = ["dockerContext", "dockerCertPath", "rsaPrivateKey"];

/** Lets a program have this config, of one called `zbl-test` and of others. */
function useConfig(texts: Readonly<Record<string, string>>): void {
  const keys = Object.entries(texts).map(([name, text]) => [`zbl-test:${name}`, text]);
  const others = {
    "pulumi:disable-default-providers": "[]",
    "aws:region": "x",
    "other:protekt": "",
  };
  pulumi.runtime.setAllConfig({ ...Object.fromEntries(keys), ...others });
  onTestFinished(() => pulumi.runtime.setAllConfig({}));
}

describe("lagoArgsFromConfig", () => {
  beforeEach(() => useMocks());

  it("hands every setting on, by the name of its argument", async () => {
    useConfig(
      Object.fromEntries(Object.entries(TEXTS).filter(([name]) => !WITHOUT.includes(name))),
    );
    const { config = {}, ...own } = lagoArgsFromConfig();
    const names = [...Object.keys(own), ...Object.keys(config), ...WITHOUT];
    expect(names.sort()).toEqual([...STACK_SETTING_NAMES].sort());
    expect(own).toMatchObject({
      projectName: "lago-own",
      protect: true,
      logTail: 5,
      ports: { api: 3000 },
      workers: { events: { count: 2 } },
    });
    expect(config).toMatchObject({ apiUrl: "https://api.example.com", disableSignup: true });
  });

  it("marks as secret what may hold one", async () => {
    const { settings, environment, databaseUrl } = TEXTS;
    useConfig({ settings, environment, databaseUrl });
    const args = lagoArgsFromConfig();
    for (const [value, plain] of [
      [args.settings, { mail: { from: "billing@example.com" } }],
      [args.environment, { ONE: "1" }],
      [args.config?.databaseUrl, databaseUrl],
    ]) {
      const output = value as pulumi.Output<unknown>;
      expect(await pulumi.isSecret(output)).toBe(true);
      expect(await resolved(output)).toEqual(plain);
    }
  });

  it("names the project by the stack where the config does not", () => {
    useConfig({});
    expect(lagoArgsFromConfig()).toEqual({ projectName: "lago-dev", config: {} });
  });

  it("refuses every name that is no setting, as a message", () => {
    useConfig({ protekt: "true", memoryLimit: "1g", ports: "{}" });
    const error = errorOf(() => lagoArgsFromConfig());
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error.message.split("\n")).toEqual([
      "InvalidConfig: 2 settings are not valid:",
      "  protekt: is not a setting of zbl-test. Did you mean protect? To remove it: `npm run pulumi -- config rm --stack dev protekt`",
      "  memoryLimit: is not a setting of zbl-test. Did you mean memoryLimits? To remove it: `npm run pulumi -- config rm --stack dev memoryLimit`",
    ]);
  });

  it("reads what is below another name when it is told to", () => {
    pulumi.runtime.setAllConfig({ "billing:version": "v1.50.0", "zbl-test:ownName": "x" });
    onTestFinished(() => pulumi.runtime.setAllConfig({}));
    expect(lagoArgsFromConfig(new pulumi.Config("billing")).version).toBe("v1.50.0");
  });
});

describe("a LagoStack", () => {
  it("refuses arguments that there are none of, before anything is registered", async () => {
    const resources = await useMocks();
    const args = { protekt: true, apiUrl: "https://x", config: {}, version: undefined };
    const error = errorOf(() => new LagoStack("lago", args as LagoStackArgs));
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect(error.message.split("\n")).toEqual([
      "InvalidConfig: 2 settings are not valid:",
      "  protekt: no such setting. Did you mean protect?",
      "  apiUrl: no such setting. Did you mean config.apiUrl?",
    ]);
    expect(resources).toEqual([]);
  });
});

describe("the checkout's own program", () => {
  /** Runs it as Pulumi does, with the names of the resources that it registers as its output. */
  function program(config: Readonly<Record<string, string>>) {
    const text = `
      import * as pulumi from "@pulumi/pulumi";
      await pulumi.runtime.setMocks({
        call: () => ({}),
        newResource: ({ name, inputs }) => {
          console.log(name);
          const made = name === "lago-keys" ? ${JSON.stringify(KEYS)} : {};
          const placed = name === "lago-project" ? { ports: { address: "127.0.0.1" } } : {};
          return { id: name, state: { ...inputs, ...made, ...placed } };
        },
      }, "z-billing-lago", "dev");
      pulumi.runtime.setAllConfig(${JSON.stringify(config)});
      try {
        await import(${JSON.stringify(join(ROOT, "index.ts"))});
      } catch (error) {
        console.error(error.message);
        process.exitCode = pulumi.RunError.isInstance(error) ? 3 : 4;
      }`;
    return run(process.execPath, ["--no-warnings", "--input-type=module", "-e", text], {
      env: { PATH: useFakeDocker(COMPOSE).path },
      timeoutMs: 25_000,
      cwd: ROOT,
    });
  }

  it("ends with all faults of the config as one message, before any resource", async () => {
    const { exitCode, stdout, stderr } = await program({
      "z-billing-lago:protekt": "true",
      "z-billing-lago:workers": '{"event":{"count":2}}',
      "z-billing-lago:settings": '{"mail":{"smtpAdress":"x"}}',
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    const fields = [...stderr.matchAll(/^ {2}([\w.]+): /gm)].map(([, field]) => field);
    expect(fields).toEqual(["protekt", "settings.mail.smtpAdress", "workers.event"]);
  });

  it("deploys what a config that is valid says", async () => {
    const { exitCode, stdout, stderr } = await program({ "z-billing-lago:ports": '{"api":3000}' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toContain("lago-deployment");
  });
});

function errorOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was refused");
}
