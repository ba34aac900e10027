/** What Pulumi keeps of the dynamic providers in its state, and runs from there on refresh and destroy. */
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { run } from "../../src/process/run.ts";
import { ROOT } from "../../testing/folders.ts";
import { createFakeHost, useHost } from "../../testing/scripted-docker/fake-docker.ts";
import { allRegistered, LagoStack, resolved, reveal, useMocks } from "../support/pulumi-mocks.ts";
import { COMPOSE, outputsOf, SERVICES } from "./stack.ts";

const CANARY = "hunter2-hunter2";

let providers: [type: string, text: string][] = [];

beforeAll(async () => {
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", CANARY);
  const host = createFakeHost();
  host.docker(COMPOSE);
  useHost(host);
  const resources = await useMocks({ outputs: outputsOf });
  const stack = new LagoStack("lago", {
    config: { apiKey: CANARY, secretKeyBase: CANARY.repeat(3) },
    environment: { POSTGRES_PASSWORD: CANARY },
  });
  await resolved(stack.running);
  await allRegistered();
  vi.unstubAllEnvs();
  host.dispose();
  providers = resources.flatMap(({ type, inputs }) => {
    const text = reveal<{ __provider?: string }>(inputs).__provider;
    return text === undefined ? [] : [[type, text] as [string, string]];
  });
});

/** The methods that a provider's text has once it is run, as Pulumi runs it. */
function methodsOf(text: string): Record<string, unknown> {
  const module = { exports: {} as { handler?: () => Record<string, unknown> } };
  const load = new Function("exports", "require", "module", text);
  load(module.exports, createRequire(import.meta.url), module);
  return module.exports.handler?.() ?? {};
}

describe("the text of each provider", () => {
  it("is there for the dynamic resources, and the same for each service", () => {
    expect([...new Set(providers.map(([type]) => type))].sort()).toEqual([
      "pulumi-nodejs:dynamic/lago:Keys",
      "pulumi-nodejs:dynamic/lago:Project",
      "pulumi-nodejs:dynamic/lago:Service",
      "pulumi-nodejs:dynamic/lago:Status",
    ]);
    expect(new Set(providers.map(([, text]) => text)).size).toBe(4);
    expect(providers.filter(([type]) => type.endsWith(":Service"))).toHaveLength(SERVICES.length);
  });

  it("is small, and holds no path of this machine and no secret", () => {
    for (const [type, text] of providers) {
      expect(Buffer.byteLength(text), type).toBeLessThan(6 * 1024);
      for (const local of [ROOT, homedir(), "file://", "node_modules", CANARY]) {
        expect(text, type).not.toContain(local);
      }
      expect(text, type).not.toContain(Buffer.from(CANARY).toString("base64"));
    }
  });

  it("captures nothing: all that its methods need they import by the package's name", () => {
    for (const [type, text] of providers) {
      const imports = [...text.matchAll(/(?:import|require)\((["'])(.*?)\1\)/g)].map((m) => m[2]);
      expect(new Set(imports), type).toEqual(new Set(["z-billing-lago/providers"]));
    }
  });

  it.each([
    ["Keys", ["check", "create", "diff", "update"]],
    ["Project", ["check", "create", "diff", "update"]],
    ["Service", ["create", "diff", "read", "update"]],
    ["Status", ["create", "diff", "read", "update"]],
  ])("has the methods of %s", (name, expected) => {
    const text = providers.find(([type]) => type.endsWith(`:${name}`))?.[1] ?? "";
    const methods = Object.entries(methodsOf(text)).filter(
      ([, value]) => value instanceof Function,
    );
    expect(methods.map(([method]) => method).sort()).toEqual(expected);
  });

  it("does what the package's own code does", async () => {
    const text = providers.find(([type]) => type.endsWith(":Project"))?.[1] ?? "";
    const inputs = {
      spec: { projectName: "lago-test" },
      digest: "d",
      ports: { address: "::1" },
    };
    const call = `module.exports.handler().create(${JSON.stringify(inputs)})
      .then((result) => console.log(JSON.stringify(result)));`;
    const { stdout } = await run(process.execPath, ["--no-warnings", "-e", `${text};\n${call}`], {
      env: {},
      cwd: ROOT,
      timeoutMs: 25_000,
    });
    expect(JSON.parse(stdout)).toEqual({ id: "lago-test", outs: inputs });
  });
});
