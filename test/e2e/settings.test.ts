/** Every variable of the catalogue, set on every file and read back inside the containers. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_IMAGES } from "../../sandbox/images/build.ts";
import { VARIABLES } from "../../src/catalogue/index.ts";
import type { LagoVariable, Role } from "../../src/catalogue/types.ts";
import { newRsaPrivateKey } from "../../src/config/generate.ts";
import { BUNDLED_LAGO_PATH } from "../../src/deployment/bundled-file.ts";
import { deploy } from "../../src/deployment/deploy.ts";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import { findUnsafe } from "../../src/deployment/safety.ts";
import {
  containersOf,
  docker,
  freePort,
  removeProject,
  requireDocker,
  TEST_PREFIX,
} from "./support/docker.ts";
import { LAGO_FILES } from "./support/environment.ts";
import { startOwnServers } from "./support/own-servers.ts";

/** Characters that shells, YAML, URLs, compose and Redis each treat in a way of their own. */
const HOSTILE = "$ ${A} $$ \" ' \\ \n # = {{ é % @ : / ?";

const SERVICES: readonly (readonly [service: string, role: Role])[] = [
  ["api", "api"],
  ["api-worker", "worker"],
  ["api-clock", "clock"],
  ["migrate", "migrate"],
  ["front", "front"],
  ["db", "db"],
];

/** Whose value decides whether the bundled database and Redis are used; they have tests below. */
const ELSEWHERE = new Set([
  "DATABASE_URL",
  "DATABASE_PROXY_URL",
  "POSTGRES_HOST",
  "REDIS_URL",
  "REDIS_HOST",
  "LAGO_REDIS_CACHE_URL",
  "LAGO_REDIS_CACHE_HOST",
  "LAGO_REDIS_CACHE_PORT",
  "LAGO_REDIS_CACHE_PASSWORD",
  "LAGO_API_KEY",
]);

const settable = VARIABLES.filter(
  ({ name, effect, scope }) => effect !== "never" && scope === undefined && !ELSEWHERE.has(name),
);

function sampleValue({ name, type }: LagoVariable): string {
  switch (type.kind) {
    case "integer":
    case "number":
      return String(Math.max(type.min, 1));
    case "boolean":
      return "true";
    case "enum":
      return type.values.at(-1) ?? "";
    case "url":
      return `${type.schemes[0]}://${name.toLowerCase().replaceAll("_", "-")}.example.com`;
    default:
      return `${HOSTILE} ${name}`;
  }
}

let project: string;
let rsaKey: string;

beforeAll(async () => {
  await requireDocker();
  rsaKey = await newRsaPrivateKey();
  const releases = ["v1.43.0", "v1.45.0", "v1.49.0"];
  const images = releases.flatMap((tag) => [`getlago/api:${tag}`, `getlago/front:${tag}`]);
  const all = [...STAND_IN_IMAGES, "postgres:15-alpine", ...images];
  await ensureStandIns({ images: all, report: () => {} });
});

afterEach(async () => {
  await removeProject(project);
});

async function deployment(path: string, environment: Record<string, string>) {
  project = `${TEST_PREFIX}${randomBytes(4).toString("hex")}`;
  return new LagoDeployment(path, {
    projectName: project,
    environment,
    ports: { api: await freePort(), front: await freePort() },
    startTimeoutSeconds: 90,
  });
}

const environmentOf = (list: readonly string[]) =>
  Object.fromEntries(
    list.map((entry) => [entry.split("=")[0], entry.slice(entry.indexOf("=") + 1)]),
  );

const FILES: [what: string, path: string][] = [
  ["v1.43.0", join(LAGO_FILES, "v1.43.0")],
  ["v1.45.0", join(LAGO_FILES, "v1.45.0")],
  ["v1.49.0", join(LAGO_FILES, "v1.49.0")],
  ["v1.50.0", join(LAGO_FILES, "v1.50.0")],
  ["the bundled file", BUNDLED_LAGO_PATH],
];

describe("every setting of Lago", () => {
  it.each(FILES)("takes effect on %s, byte for byte", async (_, path) => {
    const environment = {
      ...Object.fromEntries(settable.map((variable) => [variable.name, sampleValue(variable)])),
      LAGO_RSA_PRIVATE_KEY: rsaKey,
      // PostgreSQL's start takes the first line of a password; user, database and port are real.
      POSTGRES_PASSWORD: HOSTILE.replace("\n", ""),
      POSTGRES_USER: "lago-user",
      POSTGRES_DB: "lago-db",
      POSTGRES_PORT: "5433",
      REDIS_PORT: "6380",
      POSTGRES_SCHEMA: "public",
    } as Record<string, string>;
    const judged = await deployment(path, environment);
    // To set everything at once is not safe, and is refused for good reasons.
    const allowUnsafe = (await findUnsafe(judged)).map(({ unsafeName }) => unsafeName);
    expect(allowUnsafe).toContain("sidekiq-web:LAGO_SIDEKIQ_WEB");
    await deploy(new LagoDeployment(path, { ...judged.options, allowUnsafe }));

    const containers = await containersOf(project);
    const wrong: string[] = [];
    let compared = 0;
    for (const [service, role] of SERVICES) {
      const inside = environmentOf(containers.get(service)?.Config.Env ?? []);
      for (const { name, roles, as, partOf } of settable) {
        if (roles.includes(role) && (partOf === undefined || role === "db")) {
          const found = inside[as?.[role] ?? name];
          compared += 1;
          if (found !== environment[name]) {
            wrong.push(`${service}: ${name} is ${JSON.stringify(found)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(480);
    // The parts of the database's URL are in it, encoded where they must be.
    const { DATABASE_URL: url = "" } = environmentOf(containers.get("api")?.Config.Env ?? []);
    const { username, password, host, pathname } = new URL(url);
    expect(decodeURIComponent(username)).toBe("lago-user");
    expect(decodeURIComponent(password)).toBe(environment.POSTGRES_PASSWORD);
    expect([host, pathname]).toEqual(["db:5433", "/lago-db"]);
  });
});

describe("the bundled Redis", () => {
  it("asks for the password that is set, and shows it on no command line", async () => {
    const environment = { ...(await keys()), REDIS_PASSWORD: HOSTILE };
    await deploy(await deployment(join(LAGO_FILES, "v1.50.0"), environment));

    const redis = (await containersOf(project)).get("redis");
    const id = redis?.Id ?? "";
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
      const environment = { ...(await keys()), DATABASE_URL, REDIS_URL };
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

async function keys(): Promise<Record<string, string>> {
  const random = () => randomBytes(16).toString("hex");
  return {
    POSTGRES_PASSWORD: random(),
    SECRET_KEY_BASE: randomBytes(64).toString("hex"),
    LAGO_RSA_PRIVATE_KEY: rsaKey,
    LAGO_ENCRYPTION_PRIMARY_KEY: random(),
    LAGO_ENCRYPTION_DETERMINISTIC_KEY: random(),
    LAGO_ENCRYPTION_KEY_DERIVATION_SALT: random(),
  };
}
