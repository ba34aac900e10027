import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import {
  isSecret,
  resolved,
  reveal,
  secretPaths,
  withoutSecrets,
} from "../support/pulumi-mocks.ts";
import { build, environmentOf, KEYS } from "./stack.ts";

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

  it.each<[string, LagoStackArgs]>([
    ["a variable", args],
    [
      "variables that are secret as a whole",
      { environment: pulumi.secret({ LAGO_SMTP_PASSWORD: CANARY }) },
    ],
    ["settings", { settings: pulumi.secret({ mail: { smtpPassword: CANARY } }) }],
  ])(
    "are all variables but the public URLs and switches, each apart, with %s",
    async (_, given) => {
      const environment = await environmentOf(given);
      const secret = secretPaths(environment);
      expect(secret).toContain("LAGO_SMTP_PASSWORD");
      expect(
        Object.keys(environment)
          .filter((name) => !secret.includes(name))
          .sort(),
      ).toEqual([
        "LAGO_API_URL",
        "LAGO_DISABLE_SIGNUP",
        "LAGO_FRONT_URL",
        "Z_BILLING_LAGO_DIGEST",
        "Z_BILLING_LAGO_GENERATION",
        "Z_BILLING_LAGO_SPEC",
      ]);
    },
  );

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

describe("the outputs", () => {
  it("are what was observed, and where Lago is", async () => {
    const { stack } = await build({
      config: { apiUrl: "https://api.example.com", disableSignup: true },
    });
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
