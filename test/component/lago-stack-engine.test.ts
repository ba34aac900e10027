/** Which engine each resource of a stack speaks to. */
import { describe, expect, it, vi } from "vitest";
import { keysProvider } from "../../src/pulumi/stack/keys-provider.ts";
import { serviceProvider } from "../../src/pulumi/stack/service-provider.ts";
import { statusProvider } from "../../src/pulumi/stack/status-provider.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { reveal } from "../support/pulumi-mocks.ts";
import { build, COMPOSE } from "./stack.ts";

const ENGINE = { dockerHost: "unix:///zbl-test.sock" };
/** An engine that is asked through docker, so that a test sees which one. */
const REMOTE = { dockerHost: "ssh://zbl-test" };
const DYNAMIC = ["lago-keys", "lago-api", "lago-db", "lago-status"];
const COMMANDS = ["lago-anchor", "lago-deployment"];

/** The spec that a command hands on to the command line. */
function specIn(environment: unknown): Record<string, unknown> {
  const { Z_BILLING_LAGO_SPEC: text } = reveal<Record<string, string>>(environment);
  return JSON.parse(text ?? "{}") as Record<string, unknown>;
}

describe("a stack whose engine is chosen", () => {
  it("tells each of its resources, the one that ends it among them", async () => {
    const { byName } = await build(ENGINE);
    for (const name of DYNAMIC) {
      expect([name, byName(name).inputs.engine]).toEqual([name, ENGINE]);
    }
    for (const name of COMMANDS) {
      expect([name, specIn(byName(name).inputs.environment)]).toEqual([
        name,
        expect.objectContaining(ENGINE),
      ]);
    }
    expect(reveal<object>(byName("lago-project").inputs.spec)).toMatchObject(ENGINE);
  });

  it("that is docker's own has no word of it, so that nothing changes for those who have one", async () => {
    const { byName } = await build();
    for (const name of DYNAMIC) {
      expect(byName(name).inputs.engine).toBeUndefined();
    }
    for (const name of COMMANDS) {
      expect(Object.keys(specIn(byName(name).inputs.environment)).join()).not.toMatch(/docker/);
    }
  });

  it("is refused for what only this machine has, and told of the way out", async () => {
    const elsewhere = { dockerHost: "ssh://root@lago.example.com" };
    const failed = build(elsewhere, { compose: COMPOSE });
    await expect(failed).rejects.toThrow(/UnsafeConfig[\s\S]*apiUrl|urls\.api/);
  });
});

describe("files of this machine", () => {
  it("are refused in the preview, with service and path", async () => {
    const mount = { type: "bind", source: "./data", target: "/data" };
    const services = { api: { volumes: [mount] }, left: { volumes: [mount] } };
    const compose = {
      ...COMPOSE,
      "config --no-path-resolution": { stdout: JSON.stringify({ services }) },
    };
    const urls = { apiUrl: "https://a.example.com", frontUrl: "https://f.example.com" };
    const config = { ...urls, disableSignup: true };
    const elsewhere = { dockerHost: "ssh://deploy@lago.example.com", config };
    const failed = build(elsewhere, { compose });
    await expect(failed).rejects.toThrow(
      /UnsafeConfig: services\.api\.volumes mounts \.\/data of this machine, and ssh:\/\/deploy@lago\.example\.com/,
    );
  });
});

describe("the resources", () => {
  const INPUTS = { projectName: "lago-test", engine: REMOTE, __provider: "text" };
  const NEWS = { ...INPUTS, given: {}, allowKeyChange: [] };

  it.each<[string, () => Promise<unknown>]>([
    ["keys, when judged", () => keysProvider.check({}, NEWS)],
    ["keys, when made", () => keysProvider.create(NEWS)],
    ["status", () => statusProvider.create({ ...INPUTS, logTail: 5, declared: [], revision: "1" })],
    [
      "a service",
      () => {
        const state = { ...INPUTS, service: "api", fingerprintKey: "key", hidden: [] };
        return serviceProvider.read("id", {
          ...state,
          declared: { dependsOn: {}, image: "x" },
        } as unknown as Parameters<typeof serviceProvider.read>[1]);
      },
    ],
  ])("ask that engine: %s", async (_, ask) => {
    const docker = useFakeDocker();
    vi.stubEnv("DOCKER_HOST", "tcp://127.0.0.1:2");
    await ask();
    expect(docker.calls().length).toBeGreaterThan(0);
    for (const { verb, env } of docker.calls()) {
      expect([verb, env.DOCKER_HOST]).toEqual([verb, REMOTE.dockerHost]);
    }
  });
});
