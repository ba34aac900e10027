import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { LagoStackArgs } from "../../src/pulumi/stack/args.ts";
import { hashAnswer, type Script } from "../../testing/scripted-docker/answers.ts";
import { type Registered, reveal, withoutSecrets } from "../support/pulumi-mocks.ts";
import { build, buildPreview, COMPOSE, outputsOf, SERVICES } from "./stack.ts";

const CANARY = "hunter2-hunter2";

/** What compose makes of the services, with values filled in. */
function filledIn(api: object, db: object = {}): Script {
  const services = {
    api: { image: "getlago/api:v1.50.0", ...api },
    db: { image: "getlago/postgres-partman:15.0-alpine", ...db },
    front: { image: "getlago/front:v1.50.0" },
    migrate: { image: "getlago/api:v1.50.0", command: ["./scripts/migrate.sh"] },
  };
  return {
    ...COMPOSE,
    "config --format": { stdout: JSON.stringify({ services }) },
    "config --hash": { stdout: hashAnswer(SERVICES) },
  };
}

const serviceInputs = (all: readonly Registered[]) =>
  Object.fromEntries(
    all
      .filter(({ type }) => type.endsWith(":Service"))
      .map(({ name, inputs }) => [name, reveal<Record<string, unknown>>(inputs)]),
  );

/** The services that a program registers, by name, with secrets opened. */
async function servicesOf(args: LagoStackArgs, compose: Script) {
  return serviceInputs((await build(args, { compose })).resources);
}

describe("each service", () => {
  it("is declared as compose would make it, flat and without a secret", async () => {
    const environment = { LAGO_API_URL: "http://localhost:3000", SECRET_KEY_BASE: CANARY };
    const compose = filledIn({
      environment,
      command: ["echo", CANARY],
      mem_limit: "536870912",
      restart: "unless-stopped",
      depends_on: { db: { condition: "service_healthy", restart: true } },
    });
    const { resources } = await build({}, { compose });
    const { "lago-api": api } = serviceInputs(resources);
    expect(api).toEqual({
      projectName: "lago-dev",
      service: "api",
      fingerprintKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      hidden: [],
      image: "getlago/api:v1.50.0",
      environment: {
        LAGO_API_URL: "http://localhost:3000",
        SECRET_KEY_BASE: expect.stringMatching(/^#[0-9a-f]{8}$/),
      },
      ports: [],
      mounts: [],
      memoryBytes: 536_870_912,
      command: expect.stringMatching(/^#[0-9a-f]{8}$/),
      restartPolicy: "unless-stopped",
      settings: expect.stringMatching(/^#[0-9a-f]{8}$/),
      containers: 1,
      state: "running",
      oneShot: false,
      dependsOn: { db: "restarted with it" },
      // Of the engine's own making.
      __provider: expect.any(String),
    });
    for (const { inputs, name } of resources.filter(({ type }) => type.endsWith(":Service"))) {
      expect(JSON.stringify(reveal(inputs)), name).not.toContain(CANARY);
    }
  });

  it("tells what a one-shot is", async () => {
    const { "lago-migrate": migrate } = await servicesOf({}, filledIn({}));
    expect(migrate).toMatchObject({ state: "completed", oneShot: true });
  });

  it("has the key of its fingerprints as a secret, and all else to be read", async () => {
    const { byName } = await build({}, { compose: filledIn({}) });
    const { inputs, additionalSecretOutputs } = byName("lago-api");
    expect(additionalSecretOutputs).toEqual(["fingerprintKey"]);
    const { fingerprintKey, ...others } = withoutSecrets(inputs) as Record<string, unknown>;
    expect(fingerprintKey).toBeNull();
    expect(others).toMatchObject({ image: "getlago/api:v1.50.0", service: "api" });
  });

  it("hides what settings and environment give, and only of its own variables", async () => {
    const compose = filledIn(
      { environment: { LAGO_FROM_EMAIL: CANARY, LAGO_API_URL: "http://x" } },
      { environment: { POSTGRES_DB: "lago" } },
    );
    const args = {
      environment: { LAGO_FROM_EMAIL: pulumi.secret(CANARY), SENTRY_DSN: "https://x" },
    };
    const { "lago-api": api, "lago-db": db } = await servicesOf(args, compose);
    expect(api).toMatchObject({
      hidden: ["LAGO_FROM_EMAIL"],
      environment: {
        LAGO_FROM_EMAIL: expect.stringMatching(/^#[0-9a-f]{8}$/),
        LAGO_API_URL: "http://x",
      },
    });
    expect(db).toMatchObject({ hidden: [] });
  });

  it("changes with its own settings only", async () => {
    const before = await servicesOf({}, filledIn({ mem_limit: "1024" }));
    const after = await servicesOf({}, filledIn({ mem_limit: "2048" }));
    expect(after["lago-api"]).toEqual({ ...before["lago-api"], memoryBytes: 2048 });
    expect({ ...after, "lago-api": undefined }).toEqual({ ...before, "lago-api": undefined });
  });

  it("is none where the files cannot be read, which the project reports", async () => {
    const { resources } = await buildPreview({ lagoPath: "/zbl-test/missing" });
    expect(serviceInputs(resources)).toEqual({});
    expect(resources.map(({ name }) => name)).toContain("lago-project");
  });
});

describe("a preview", () => {
  /** What a preview says, of a stack whose keys are known. */
  async function said(compose: Script) {
    const [info, warn] = [vi.spyOn(pulumi.log, "info"), vi.spyOn(pulumi.log, "warn")];
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    // What has no value in a preview is not known.
    const outputs = (one: Registered) => ({ redisPassword: "made", ...outputsOf(one) });
    // The files publish nothing, and so only what is given is where the project says that it is.
    const ports = { api: 3000, front: 80 };
    const { docker } = await build({ ports }, { preview: true, outputs, compose });
    return {
      docker,
      info: info.mock.calls.map(([message]) => message),
      warn: warn.mock.calls.map(([message]) => message),
    };
  }

  it("says what would become of the services, and asks compose once for it", async () => {
    const compose = filledIn({ environment: { SECRET_KEY_BASE: CANARY } });
    const { docker, info, warn } = await said(compose);
    expect(docker.calls("config --hash")).toHaveLength(1);
    expect(info).toHaveLength(1);
    expect(info[0]).toContain("Project lago-dev changes: 4 created.");
    expect(info[0]).toMatch(/^api +created +-$/m);
    expect([...info, ...warn].join("\n")).not.toContain(CANARY);
  });

  it("warns where data is at stake", async () => {
    const compose = filledIn({}, { volumes: [{ type: "volume", source: "data", target: "/d" }] });
    const config = JSON.parse([compose["config --format"] ?? {}].flat()[0]?.stdout ?? "");
    const { warn } = await said({
      ...compose,
      "config --format": { stdout: JSON.stringify({ ...config, volumes: { data: {} } }) },
      "volume ls": { stdout: "lago-dev_other\tlago-dev\tother\n" },
    });
    expect(warn).toContainEqual(expect.stringMatching(/^DATA AT STAKE: volume data .*EMPTY/));
  });

  it("is of use when the engine cannot be asked", async () => {
    const { info, warn } = await said({
      ...filledIn({}),
      "container ls": { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" },
    });
    expect(info).toEqual([]);
    expect(warn).toContainEqual(
      expect.stringMatching(
        /^What would become of the services cannot be told: .*Looking at the host's containers/,
      ),
    );
  });
});
