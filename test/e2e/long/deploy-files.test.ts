/** The files of Lago's `deploy` folder with their profiles, and further ones in their manner, unchanged. */
import { createPublicKey } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../sandbox/images/build.ts";
import { deploy } from "../../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { newRsaPrivateKey } from "../../../src/lago/config/generate.ts";
import {
  containerId,
  containersOf,
  docker,
  environmentInside,
  environmentOf,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../../testing/docker.ts";
import { LAGO_FILES } from "../../../testing/folders.ts";
import { type OwnServers, startOwnServers } from "../../../testing/own-servers.ts";
import { freePort } from "../../../testing/ports.ts";
import { newSecrets } from "../../../testing/secrets.ts";
import { createTestStack, must, type TestStack } from "../../../testing/stack.ts";
import { DEPLOY_FILE, DEPLOY_FILE_SERVICES } from "../../support/deploy-file.ts";

const LOCAL_FILE = join(LAGO_FILES, "deploy-local");
const SERVICES = ["api", "api-clock", "api-worker", "db", "front", "migrate", "pdf", "redis"];
const KEY_FILE = "config/keys/private.pem";

let rsaKey: string;

beforeAll(async () => {
  await requireDocker();
  rsaKey = await newRsaPrivateKey();
  const images = ["postgres:15-alpine", "redis:7-alpine", "getlago/lago-gotenberg:8.15"];
  const lago = ["getlago/api:v1.27.1", "getlago/front:v1.27.1"];
  await ensureStandIns({ images: [...images, ...lago], report: () => {} });
});

/** Both halves of a key, however its private one is written down. */
const publicKeyOf = (pem: string | Buffer) =>
  createPublicKey(pem).export({ type: "spki", format: "pem" }).toString();
const fromBase64 = (text: string) => Buffer.from(text, "base64");

describe("Lago's local deployment as a stack, with profile all", () => {
  let lago: TestStack;

  beforeAll(async () => {
    lago = await createTestStack({ lagoPath: LOCAL_FILE, profiles: ["all"] });
  });

  afterAll(async () => {
    await lago?.dispose();
  });

  it("is up, with its one-shots completed", async () => {
    await lago.mustUp();
    const outputs = (await lago.outputs()).services as { name: string; status: string }[];
    const oneShots = ["migrate", "rsa-keys"];
    expect(outputs.map(({ name, status }) => [name, status])).toEqual(
      [...SERVICES, "rsa-keys"]
        .sort()
        .map((name) => [name, oneShots.includes(name) ? "Completed" : "Running"]),
    );
    expect((await containersOf(lago.project)).get("rsa-keys")?.State.ExitCode).toBe(0);
  });

  it("has the stack's own RSA key in the volume from which Lago takes it", async () => {
    const api = await containerId(lago.project, "api");
    const inside = await environmentInside(api);
    const kept = await docker("exec", api, "cat", KEY_FILE);
    expect(publicKeyOf(kept)).toBe(publicKeyOf(fromBase64(inside.LAGO_RSA_PRIVATE_KEY ?? "")));
    expect(await docker("exec", api, "stat", "--format=%a", KEY_FILE)).toBe("600");
    const rest = await docker("exec", api, "ls", "config/keys");
    expect(rest.split("\n").sort()).toEqual(["private.pem", "public.pem"]);
  });

  it("has nothing to change right after, and keeps the key when it starts again", async () => {
    must(await lago.preview("--expect-no-changes"));
    await lago.set("disableSignup", "true");
    await lago.mustUp();
    must(await lago.preview("--expect-no-changes"));
  });
});

describe("the engine", () => {
  let project: string;
  let own: OwnServers | undefined;
  let folder: string | undefined;

  afterEach(async () => {
    await removeProject(project);
    await own?.remove();
    own = undefined;
    if (folder !== undefined) {
      await rm(folder, { recursive: true });
      folder = undefined;
    }
  });

  async function deployment(path: string, options: LagoDeploymentOptions) {
    project = testName();
    const environment = {
      ...newSecrets(),
      LAGO_RSA_PRIVATE_KEY: rsaKey,
      ...options.environment,
    };
    const calls = { projectName: project, startTimeoutSeconds: 90 };
    return new LagoDeployment(path, { ...options, ...calls, environment });
  }

  const localPorts = async () => ({ api: await freePort(), front: await freePort() });

  const withoutThe = (...left: string[]) =>
    [...SERVICES, "rsa-keys"].filter((name) => !left.includes(name)).sort();

  it.each([
    ["all-no-keys", [], withoutThe("rsa-keys")],
    ["all-no-pg", ["DATABASE_URL"], withoutThe("db")],
    ["all-no-redis", ["REDIS_URL"], withoutThe("redis")],
    ["all-no-db", ["DATABASE_URL", "REDIS_URL"], withoutThe("db", "redis")],
  ] as const)("starts what profile %s has", async (profile, outside, expected) => {
    own = outside.length > 0 ? await startOwnServers() : undefined;
    const addresses = own;
    const environment = Object.fromEntries(outside.map((name) => [name, addresses?.[name] ?? ""]));
    const ports = await localPorts();
    await deploy(await deployment(LOCAL_FILE, { profiles: [profile], ports, environment }));
    const containers = await containersOf(project);
    expect([...containers.keys()].sort()).toEqual(expected);
    expect(containers.get("api")?.State.Health?.Status).toBe("healthy");
  });

  it("does not go on with a key in the volume that is not the given one", async () => {
    const options = { profiles: ["all"], ports: await localPorts() };
    const lago = await deployment(LOCAL_FILE, options);
    await deploy(lago);
    const environment = {
      ...lago.options.environment,
      LAGO_RSA_PRIVATE_KEY: await newRsaPrivateKey(),
    };
    const other = new LagoDeployment(LOCAL_FILE, {
      ...lago.options,
      environment,
      allowKeyChange: ["rsaPrivateKey"],
    });
    await expect(deploy(other)).rejects.toThrow(/rsa-keys[\s\S]*another one than rsaPrivateKey/);
  });

  it("serves a domain by a file with a proxy, other names and pools of its own", async () => {
    // Tagged under a name that is this test's alone; the image itself is not touched.
    await docker("image", "tag", "redis:7-alpine", "zbl-test/traefik:v3");
    try {
      folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
      await writeFile(join(folder, "docker-compose.yml"), DEPLOY_FILE);
      const proxyPort = String(await freePort());
      const environment = {
        LAGO_DOMAIN: "lago.acme.com",
        LAGO_DISABLE_SIGNUP: "true",
        PROXY_PORT: proxyPort,
      };
      const lago = await deployment(folder, { profiles: ["all"], environment });

      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(Number(proxyPort), "0.0.0.0", resolve));
      const refused = deploy(lago);
      await expect(refused).rejects.toThrow(`services.traefik.ports: port ${proxyPort} is held by`);
      await new Promise((resolve) => holder.close(resolve));
      expect(await containersOf(project)).toEqual(new Map());

      await deploy(lago);
      const containers = await containersOf(project);
      expect([...containers.keys()].sort()).toEqual(DEPLOY_FILE_SERVICES);
      const inside = (service: string) => environmentOf(project, service);
      expect(await inside("api")).toMatchObject({
        LAGO_API_URL: "https://lago.acme.com/api",
        LAGO_FRONT_URL: "https://lago.acme.com",
        SIDEKIQ_BILLING: "true",
        SIDEKIQ_PDFS: "true",
      });
      expect((await inside("front")).API_URL).toBe("https://lago.acme.com");
      expect(containers.get("postgres")?.HostConfig.PortBindings ?? {}).toEqual({});
    } finally {
      await removeProject(project);
      await docker("image", "rm", "zbl-test/traefik:v3");
    }
  });
});
