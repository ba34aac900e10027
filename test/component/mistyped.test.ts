/** Every kind of slip in one config: all of them are told in one refusal, with the rest that is wrong. */
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { lagoArgsFromConfig } from "../../src/pulumi/stack/args-from-config.ts";
import { configIssuesOf } from "../../src/pulumi/stack/config-issues.ts";
import { projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { DeploymentSpec } from "../../src/spec/spec.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { useMocks } from "../support/pulumi-mocks.ts";
import { SMALL } from "../support/sample.ts";
import { PROVIDER, reasonsIn, SPEC } from "./sample-project.ts";

/** Texts as Pulumi hands them to a program. */
const CONFIG = {
  protekt: "true",
  disableSignUp: "true",
  memoryLimit: '{"api":"1g"}',
  databaseURL: "postgresql://user:canary@host/lago",
  "ports.front": "80",
  memoryLimits: '{"apii":"1g","api":3}',
  workers: '{"event":{"count":2},"events":{"cout":2}}',
  ports: '{"apii":3000,"api":21001}',
  profiles: '["toolz"]',
  settings: '{"mail":{"smtpAdress":"x","smtpPort":"25"},"signup":[]}',
  version: "latest",
  restartToken: '{"a":1}',
  protect: '"yes"',
  pullPolicy: "alway",
  allowKeyChange: '["secretKeyBas"]',
  allowVolumeChange: '["lago_postgres_dta"]',
};

const HELD = {
  ID: "id",
  Names: "shop-web-1",
  Labels: "com.docker.compose.project=shop",
  Ports: "127.0.0.1:21001->80/tcp",
};

const { services } = JSON.parse((SMALL.config as { stdout: string }).stdout);

const ENGINE: Script = {
  ...SMALL,
  config: {
    stdout: JSON.stringify({
      services: {
        ...services,
        "api-worker": { image: "getlago/api:v1", command: ["./scripts/start.worker.sh"] },
      },
    }),
  },
  "container ls": { stdout: `${JSON.stringify(HELD)}\n` },
  "volume ls": { stdout: "lago-test_lago_postgres_data\tlago-test\tlago_postgres_data\n" },
};

/** Beginning of each reason, and the name that was probably meant. */
const REASONS: readonly (readonly [string, string?])[] = [
  ["protekt", "protect"],
  ["disableSignUp", "disableSignup"],
  ["memoryLimit", "memoryLimits"],
  ["databaseURL", "databaseUrl"],
  ["ports.front"],
  ["settings.mail.smtpAdress", "settings.mail.smtpAddress"],
  ["settings.mail.smtpPort"],
  ["settings.signup"],
  ["ports.apii", "ports.api"],
  ["pullPolicy", "always"],
  ["version"],
  ["memoryLimits.api"],
  ["workers.events.cout", "workers.events.count"],
  ["workers.event", "workers.events"],
  ["restartToken"],
  ["allowKeyChange.0", "secretKeyBase"],
  ["protect"],
  ["profiles"],
  ["memoryLimits.apii", "memoryLimits.api"],
  ["allowVolumeChange", "lago_postgres_data"],
];

describe("a config with every kind of slip", () => {
  beforeEach(() => useMocks());

  it("is refused for all of them at once, beside what is not safe or taken", async () => {
    useFakeDocker(ENGINE);
    pulumi.runtime.setAllConfig(
      Object.fromEntries(Object.entries(CONFIG).map(([name, text]) => [`zbl-test:${name}`, text])),
    );
    onTestFinished(() => pulumi.runtime.setAllConfig({}));
    const args = lagoArgsFromConfig();
    const { projectName, config, settings, ...fields } = args;
    const unsafe = ["apiUrl is public and begins with http://: write https://"];
    const { failures } = await projectProvider.check(PROVIDER as never, {
      ...PROVIDER,
      spec: { ...SPEC, ...(fields as Partial<DeploymentSpec>) },
      findings: { invalid: configIssuesOf(args), unsafe },
      stack: "dev",
    });
    const reasons = reasonsIn(failures);
    const text = reasons.join("\n");
    for (const [field, meant] of REASONS) {
      const own = reasons.filter((one) => one.startsWith(`InvalidConfig: ${field}: `));
      expect(own, field).toHaveLength(1);
      expect(own[0]).toContain(meant === undefined ? "" : `Did you mean ${meant}?`);
    }
    expect(text).toContain(`UnsafeConfig: ${unsafe[0]}`);
    expect(text).toContain("PortTaken: ports.api: port 21001 is held by container shop-web-1");
    expect(text).toContain("`./zbl unset dev protekt`");
    expect(text).not.toMatch(/canary|Invalid input|^\s+at /m);
    expect(reasons.filter((one) => one.startsWith("InvalidConfig: "))).toHaveLength(REASONS.length);
  });
});
