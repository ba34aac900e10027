import { describe, expect, it } from "vitest";
import { run } from "../../src/process/run.ts";
import type { ProgramFindings } from "../../src/pulumi/stack/refusal-text.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { COMPOSE, KEYS } from "./stack.ts";

/** Compose's view of a file with a worker, which every pool takes as its pattern. */
const WITH_WORKER: Script = {
  ...COMPOSE,
  config: {
    stdout: JSON.stringify({ services: { api: {}, "api-worker": { image: "getlago/api:v1" } } }),
  },
};

/**
 * Runs a program of its own, as Pulumi does: what it fails with is a rejection that nobody handles.
 *
 * @param args of the stack, as JavaScript
 * @param compose answers of compose
 */
function program(args: string, compose: Script = COMPOSE) {
  const text = `
    import * as pulumi from "@pulumi/pulumi";
    process.on("unhandledRejection", (error) => {
      console.error(JSON.stringify([error.message, pulumi.RunError.isInstance(error)]));
      process.exitCode = 1;
    });
    await pulumi.runtime.setMocks({
      call: () => ({}),
      newResource: ({ name, inputs }) => {
        // Secret as a whole, since it has compose's answers in it.
        const { findings } = inputs.project?.value ?? inputs.project ?? inputs;
        console.log(JSON.stringify([name, findings]));
        const made = name === "lago-keys" ? ${JSON.stringify(KEYS)} : {};
        const placed = name === "lago-project" ? { ports: { address: "127.0.0.1" } } : {};
        return { id: name, state: { ...inputs, ...made, ...placed } };
      },
    });
    const { LagoStack } = await import("z-billing-lago");
    new LagoStack("lago", ${args});`;
  return run(process.execPath, ["--no-warnings", "--input-type=module", "-e", text], {
    env: { PATH: useFakeDocker(compose).path },
    timeoutMs: 25_000,
  });
}

/** Each message that a program fails with, and whether Pulumi shows it without a stack trace. */
const saidIn = (stderr: string) =>
  stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as [string, boolean]);

describe("a stack of which settings are not valid", () => {
  const config = `{
    apiUrl: pulumi.output("localhost:3000"),
    frontUrl: Promise.resolve("ftp://x"),
    databaseUrl: pulumi.secret("mysql://lago:hunter2-hunter2@db/lago"),
    secretKeyBase: pulumi.secret("hunter2-hunter2"),
    rsaPrivateKey: "hunter2-hunter2",
  }`;

  it("is handed to the resources that refuse it, with all faults by field and without secrets", async () => {
    const { exitCode, stdout, stderr } = await program(
      `{
        config: ${config},
        settings: pulumi.secret({ mail: { smtpAdress: "x" } }),
        environment: { POSTGRES_PASSWORD: pulumi.secret("changeme") },
      }`,
    );
    const findings = new Map(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as [string, ProgramFindings]),
    );
    for (const name of ["lago-keys", "lago-project"]) {
      const { invalid = [], unsafe } = findings.get(name) ?? {};
      expect(invalid.map(({ field }) => field)).toEqual([
        "apiUrl",
        "frontUrl",
        "databaseUrl",
        "secretKeyBase",
        "rsaPrivateKey",
        "settings.mail.smtpAdress",
      ]);
      expect(unsafe).toEqual([expect.stringMatching(/^database\.password has the value from/)]);
    }
    expect([...findings.keys()]).not.toContain("lago-deployment");
    // With no provider to refuse it, the program does.
    expect(exitCode).toBe(1);
    for (const [message, isRunError] of saidIn(stderr)) {
      expect(isRunError, message).toBe(true);
      expect(message).toMatch(/is refused for 7 reasons:\n {2}- InvalidConfig: apiUrl: expected /);
    }
    expect(stdout + stderr).not.toContain("hunter2");
  });

  it("fails with the pool of workers that was meant", async () => {
    const args = "{ workers: { event: { count: 2 } } }";
    const { exitCode, stderr } = await program(args, WITH_WORKER);
    expect(exitCode).toBe(1);
    for (const [message, isRunError] of saidIn(stderr)) {
      expect(isRunError, message).toBe(true);
      expect(message).toContain(
        "InvalidConfig: 1 setting is not valid:\n  workers.event: no such pool of workers. Did you mean workers.events?",
      );
    }
  });

  it("has an organization with faults, or one that its settings open too", async () => {
    const wrong = await program('{ organization: { name: " ", email: "nobody" } }');
    expect(wrong.stdout).toContain('"organization.name"');
    expect(wrong.stdout).toContain('"organization.email"');
    const twice = await program(`{
      organization: { name: "Acme", email: "you@acme.example" },
      settings: { signup: { organization: { create: true, name: "Acme" } } },
    }`);
    expect(twice.stdout).toContain("give this or settings.signup.organization, not both");
  });

  it("is public and lets everybody sign up, and is told of the organization", async () => {
    const { stdout } = await program(
      '{ config: { apiUrl: "https://api.example.com", frontUrl: "https://example.com" } }',
    );
    expect(stdout).toContain("everybody who reaches Lago can open an organization");
    expect(stdout).toContain("give `organization` a name and an email");
    // Commands change a stack's config, and these settings come from a program.
    expect(stdout).not.toContain("./zbl set");
  });

  it("is not one whose settings are", async () => {
    const { exitCode, stdout, stderr } = await program("{}");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain('["lago-deployment"');
  });
});
