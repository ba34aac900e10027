/** Stand-ins refuse to start without what the real images need. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../../sandbox/images/build.ts";
import { docker, testName } from "../../../../testing/docker.ts";
import { newSecrets } from "../../../../testing/secrets.ts";
import {
  inside,
  removeContainers,
  runContainer,
  startContainer,
} from "../../../../testing/stand-ins/container.ts";
import { eventually } from "../../../../testing/standing.ts";

const API = "getlago/api:v1.50.0";
const DB = "getlago/postgres-partman:15.0-alpine";
const REDIS = "redis:7-alpine";

const { POSTGRES_PASSWORD: _, ...KEYS } = newSecrets();
const PASSWORD = "p@ss/w#1:é%41";

const network = testName();
const volume = testName();

beforeAll(async () => {
  await ensureStandIns({ images: [API, DB, REDIS], report: () => {} });
  await docker("network", "create", network);
  await docker("volume", "create", volume);
});

afterAll(async () => {
  await removeContainers();
  await docker("network", "rm", network);
  await docker("volume", "rm", volume);
});

describe("the back end without what it needs", () => {
  it.each([
    ["SECRET_KEY_BASE", " ", "SECRET_KEY_BASE is blank"],
    ["LAGO_RSA_PRIVATE_KEY", "", "Private key is blank"],
    ["LAGO_RSA_PRIVATE_KEY", "bm8ga2V5", "no RSA private key that can be read"],
    ["LAGO_ENCRYPTION_PRIMARY_KEY", "", "LAGO_ENCRYPTION_PRIMARY_KEY is blank"],
    ["LAGO_ENCRYPTION_DETERMINISTIC_KEY", "", "LAGO_ENCRYPTION_DETERMINISTIC_KEY is blank"],
    ["LAGO_ENCRYPTION_KEY_DERIVATION_SALT", "", "LAGO_ENCRYPTION_KEY_DERIVATION_SALT is blank"],
  ])("does not start with %s=%j", async (name, value, message) => {
    const environment = { ...KEYS, [name]: value };
    const scripts = ["start.api.sh", "start.worker.sh", "start.clock.sh", "migrate.sh"];
    const results = await Promise.all(
      scripts.map((script) => runContainer(API, [`./scripts/${script}`], { environment })),
    );
    expect(results.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1, 1]);
    for (const { stdout } of results) {
      expect(stdout).toContain(message);
    }
  });

  it("takes the key file over the variable", async () => {
    const generated = ["./scripts/generate.rsa.sh"];
    const volumes = [`${volume}:/app/config/keys`];
    expect((await runContainer(API, generated, { volumes })).exitCode).toBe(0);
    const environment = { ...KEYS, LAGO_RSA_PRIVATE_KEY: "bm8ga2V5" };
    const api = await startContainer(API, ["./scripts/start.api.sh"], { environment, volumes });
    const ready = () => inside(api, "curl", "--fail", "--silent", "http://localhost:3000/ready");
    await eventually(ready, ({ exitCode }) => exitCode === 0);
  });

  it("fails the migration and the worker when their server is nowhere", async () => {
    const environment = {
      ...KEYS,
      DATABASE_URL: "postgresql://lago:hidden@nowhere.invalid:5432/lago",
      REDIS_URL: "redis://nowhere.invalid:6379",
    };
    const migrate = await runContainer(API, ["./scripts/migrate.sh"], { environment });
    expect(migrate.exitCode).toBe(1);
    expect(migrate.stdout).toContain('could not translate host name "nowhere.invalid"');
    expect(migrate.stdout).not.toContain("hidden");
    const worker = await runContainer(API, ["./scripts/start.worker.sh"], { environment });
    expect(worker.exitCode).toBe(1);
    expect(worker.stdout).toContain("Redis at nowhere.invalid cannot be reached");
  });
});

describe("PostgreSQL", () => {
  const url = (db: string, password: string) => `postgresql://lago:${password}@${db}:5555/lago`;
  const migrate = (db: string, password: string) =>
    runContainer(API, ["./scripts/migrate.sh"], {
      environment: { ...KEYS, DATABASE_URL: `${url(db, password)}?search_path=public` },
      network,
    });

  it("is not made without a password", async () => {
    const result = await runContainer(DB, [], { environment: { POSTGRES_PASSWORD: "" } });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain("POSTGRES_PASSWORD is empty");
  });

  it("asks other containers for the password, on the port of PGPORT, also after a crash", async () => {
    const db = await startContainer(DB, [], {
      environment: { POSTGRES_USER: "lago", POSTGRES_PASSWORD: PASSWORD, PGPORT: "5555" },
      network,
    });
    const ready = () => inside(db, "pg_isready", "-h", "localhost", "-U", "lago", "-d", "lago");
    await eventually(ready, ({ exitCode }) => exitCode === 0);
    const first = await migrate(db, encodeURIComponent(PASSWORD));
    expect(first.exitCode, first.stdout).toBe(0);

    await docker("kill", db);
    await docker("start", db);
    await eventually(ready, ({ exitCode }) => exitCode === 0);
    const again = await migrate(db, encodeURIComponent(PASSWORD));
    expect(again.exitCode, again.stdout).toBe(0);
    expect(again.stdout).not.toContain("migrated ");

    const wrong = await migrate(db, "wrong");
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stdout).toContain("password authentication failed");
  });
});

describe("Redis", () => {
  it("asks for the password that it was started with", async () => {
    const redis = await startContainer(REDIS, ["--port", "6380", "--requirepass", "hidden"]);
    const ask = (...args: string[]) => inside(redis, "redis-cli", "-p", "6380", ...args, "ping");
    await eventually(ask, ({ stdout }) => stdout.includes("NOAUTH"));
    expect((await ask("-a", "hidden", "--no-auth-warning")).stdout.trim()).toBe("PONG");
  });

  it("has its data after a stop and a start", async () => {
    const redis = await startContainer(REDIS, []);
    const ask = async (...args: string[]) =>
      (await inside(redis, "redis-cli", ...args)).stdout.trim();
    await eventually(
      () => ask("ping"),
      (answer) => answer === "PONG",
    );
    await ask("set", "job", "1");
    await docker("stop", redis);
    await docker("start", redis);
    await eventually(
      () => ask("get", "job"),
      (answer) => answer === "1",
    );
  });
});
