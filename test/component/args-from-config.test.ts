/** The arguments of a stack as its config gives them, and the checkout's own program, which takes them. */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { LagoStackArgs } from "../../src/index.ts";
import { run } from "../../src/process/run.ts";
import { lagoArgsFromConfig } from "../../src/pulumi/stack/args-from-config.ts";
import { configIssuesOf } from "../../src/pulumi/stack/config-issues.ts";
import type { ProgramFindings } from "../../src/pulumi/stack/refusal-text.ts";
import { STACK_SETTING_NAMES, type StackSettingName } from "../../src/spec/names.ts";
import { ROOT } from "../../testing/folders.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { resolved, useMocks } from "../support/pulumi-mocks.ts";
import { build, COMPOSE, KEYS } from "./stack.ts";

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
  behindProxy: "false",
  version: "v1.50.0",
  memoryLimits: '{"api":"1g"}',
  roles: '{"api":"api"}',
  adopted: "false",
  workers: '{"events":{"count":2}}',
  pullPolicy: "always",
  startTimeoutSeconds: "60",
  lockTimeoutSeconds: "0",
  logTail: "5",
  restartToken: "again",
  allowUnsafe: '["a:B"]',
  allowKeyChange: '["encryptionPrimaryKey"]',
  allowVolumeChange: '["lago_redis_data"]',
  allowDataRisk: '["downgrade:api"]',
  protect: "true",
  allowProjectRename: "lago-old",
  allowHostChange: "default",
  removeVolumesOnDestroy: "lago-own",
  organization: '{"name":"Acme","email":"you@acme.example"}',
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

  it("leaves the name of the project open where the config has none: the files may have one", () => {
    useConfig({});
    expect(Object.entries(lagoArgsFromConfig())).toEqual([["config", {}]]);
  });

  it("leaves out what is not valid, and keeps its fault with the arguments and their copies", () => {
    const ports = '{"api":"x","front":8080}';
    useConfig({ protekt: "true", memoryLimit: "1g", ports, logTail: "many", version: "v1.50.0" });
    const args = lagoArgsFromConfig();
    expect(args).toMatchObject({ version: "v1.50.0", ports: { front: 8080 } });
    expect(Object.keys(args)).not.toContain("logTail");
    for (const one of [args, { ...args, protect: true }]) {
      expect(configIssuesOf(one).map(({ field, message }) => `${field}: ${message}`)).toEqual([
        "protekt: is not a setting of zbl-test. Did you mean protect? To remove it: `./zbl unset dev protekt`",
        "memoryLimit: is not a setting of zbl-test. Did you mean memoryLimits? To remove it: `./zbl unset dev memoryLimit`",
        'ports.api: expected a port, 1 to 65535, or "auto"',
        "logTail: expected a whole number from 0 to 1000",
      ]);
    }
  });

  it("reads what is below another name when it is told to", () => {
    pulumi.runtime.setAllConfig({ "billing:version": "v1.50.0", "zbl-test:ownName": "x" });
    onTestFinished(() => pulumi.runtime.setAllConfig({}));
    expect(lagoArgsFromConfig(new pulumi.Config("billing")).version).toBe("v1.50.0");
  });
});

describe("a LagoStack", () => {
  it("refuses arguments that there are none of, with the faults of its config", async () => {
    useConfig({ memoryLimit: "1g" });
    const args = { protekt: true, apiUrl: "https://x", version: undefined };
    const stack = build({ ...lagoArgsFromConfig(), ...args } as LagoStackArgs);
    const error = await stack.then(
      () => expect.unreachable(),
      (reason: Error) => reason,
    );
    expect(error.message.split("\n").slice(1)).toEqual([
      expect.stringContaining("- InvalidConfig: memoryLimit: is not a setting of zbl-test."),
      "  - InvalidConfig: protekt: no such setting. Did you mean protect?",
      "  - InvalidConfig: apiUrl: no such setting. Did you mean config.apiUrl?",
    ]);
  });
});

describe("the checkout's own program", () => {
  /** Runs it as Pulumi does. Its output is a line of each resource, with what the program has found. */
  function program(config: Readonly<Record<string, string>>) {
    const text = `
      import * as pulumi from "@pulumi/pulumi";
      process.on("unhandledRejection", (error) => {
        process.exitCode = pulumi.RunError.isInstance(error) ? 3 : 4;
      });
      await pulumi.runtime.setMocks({
        call: () => ({}),
        newResource: ({ name, inputs }) => {
          console.log(name, JSON.stringify(inputs.findings));
          const made = name === "lago-keys" ? ${JSON.stringify(KEYS)} : {};
          const placed = name === "lago-project" ? { ports: { address: "127.0.0.1" } } : {};
          return { id: name, state: { ...inputs, ...made, ...placed } };
        },
      }, "z-billing-lago", "dev");
      pulumi.runtime.setAllConfig(${JSON.stringify(config)});
      await import(${JSON.stringify(join(ROOT, "index.ts"))});`;
    return run(process.execPath, ["--no-warnings", "--input-type=module", "-e", text], {
      env: { PATH: useFakeDocker(COMPOSE).path },
      timeoutMs: 25_000,
      cwd: ROOT,
    });
  }

  it("hands all faults of the config on with what is not safe, and deploys nothing", async () => {
    const { exitCode, stdout } = await program({
      "z-billing-lago:protekt": "true",
      "z-billing-lago:workers": '{"event":{"count":2}}',
      "z-billing-lago:settings": '{"mail":{"smtpAdress":"x"}}',
      "z-billing-lago:apiUrl": "http://lago.example.com",
    });
    expect(exitCode).toBe(3);
    expect(stdout).not.toContain("lago-deployment");
    const [, text = ""] = /^lago-project (.*)$/m.exec(stdout) ?? [];
    const { invalid, unsafe } = JSON.parse(text) as ProgramFindings;
    expect(invalid.map(({ field }) => field)).toEqual([
      "protekt",
      "settings.mail.smtpAdress",
      "workers.event",
    ]);
    expect(unsafe).toContainEqual(
      expect.stringMatching(
        /^apiUrl is public and begins with .* `\.\/zbl set dev allowUnsafe public-http:LAGO_API_URL`$/,
      ),
    );
  });

  it("deploys what a config that is valid says", async () => {
    const { exitCode, stdout, stderr } = await program({ "z-billing-lago:ports": '{"api":3000}' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("lago-deployment");
  });
});
