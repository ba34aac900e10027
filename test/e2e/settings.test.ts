/** Every variable of the catalogue, set on today's files and read back inside the containers. */
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_IMAGES } from "../../sandbox/images/build.ts";
import { deploy } from "../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import { BUNDLED_LAGO_PATH } from "../../src/lago/bundled-file.ts";
import { newRsaPrivateKey } from "../../src/lago/config/generate.ts";
import {
  containerId,
  containersOf,
  docker,
  removeProject,
  requireDocker,
  testName,
} from "../../testing/docker.ts";
import { LAGO_FILES } from "../../testing/folders.ts";
import { startOwnServers } from "../../testing/own-servers.ts";
import { freePort } from "../../testing/ports.ts";
import { newSecrets } from "../../testing/secrets.ts";
import { deployEverySetting, HOSTILE } from "./support/every-setting.ts";

let project: string;
let rsaKey: string;

beforeAll(async () => {
  await requireDocker();
  rsaKey = await newRsaPrivateKey();
  await ensureStandIns({ images: STAND_IN_IMAGES, report: () => {} });
});

afterEach(async () => {
  await removeProject(project);
});

async function deployment(path: string, environment: Record<string, string>) {
  project = testName();
  return new LagoDeployment(path, {
    projectName: project,
    environment,
    ports: { api: await freePort(), front: await freePort() },
    startTimeoutSeconds: 90,
  });
}

describe("every setting of Lago", () => {
  it.each([
    ["v1.50.0", join(LAGO_FILES, "v1.50.0")],
    ["the bundled file", BUNDLED_LAGO_PATH],
  ])("takes effect on %s, byte for byte", async (_, path) => {
    project = testName();
    const ports = { api: await freePort(), front: await freePort() };
    const done = await deployEverySetting(path, { projectName: project, ports }, rsaKey);
    expect(done.wrong).toEqual([]);
    expect(done.compared).toBeGreaterThan(475);
    expect(done.organization).toBe(`${HOSTILE} LAGO_ORG_NAME`);
    expect(done.allowed).toContain("sidekiq-web:LAGO_SIDEKIQ_WEB");
    // The parts of the database's URL are in it, encoded where they must be.
    const { username, password, host, pathname } = done.databaseUrl;
    expect(decodeURIComponent(username)).toBe("lago-user");
    expect(decodeURIComponent(password)).toBe(done.password);
    expect([host, pathname]).toEqual(["db:5433", "/lago-db"]);
  });
});

describe("the bundled Redis", () => {
  it("asks for the password that is set, and shows it on no command line", async () => {
    const environment = { ...newSecrets(), REDIS_PASSWORD: HOSTILE };
    await deploy(await deployment(join(LAGO_FILES, "v1.50.0"), environment));

    const id = await containerId(project, "redis");
    const ping = (password: string) =>
      docker("exec", "--env", `REDISCLI_AUTH=${password}`, id, "redis-cli", "ping");
    expect(await ping(HOSTILE)).toBe("PONG");
    expect(await ping("")).toContain("NOAUTH");
    const processes = await docker("top", id, "-o", "pid,args");
    expect(processes).toContain("redis-server");
    expect(processes).not.toContain("requirepass");
    expect(processes).not.toContain("\\x24");
  });
});

describe("a database and a Redis of one's own", () => {
  it("are used, and the bundled ones are not started", async () => {
    const own = await startOwnServers();
    try {
      const { DATABASE_URL, REDIS_URL } = own;
      const environment = { ...newSecrets(), DATABASE_URL, REDIS_URL };
      await deploy(await deployment(join(LAGO_FILES, "v1.50.0"), environment));

      const containers = await containersOf(project);
      expect([...containers.keys()].sort()).toEqual([
        ...["api", "api-clock", "api-worker", "front", "migrate", "pdf"],
      ]);
      expect(containers.get("api")?.State.Health?.Status).toBe("healthy");
      const organisations = await own.sql("select count(*) from organizations");
      expect(organisations.trim()).toMatch(/^\d+$/);
    } finally {
      await own.remove();
    }
  });
});
