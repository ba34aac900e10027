/** Stand-ins that are told to fail, as tests of failures need them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../../../sandbox/images/build.ts";
import { docker } from "../../../../testing/docker.ts";
import { newSecrets } from "../../../../testing/secrets.ts";
import {
  exitCodeOf,
  inside,
  removeContainers,
  runContainer,
  startContainer,
} from "../../../../testing/stand-ins/container.ts";
import { eventually } from "../../../../testing/standing.ts";

const API = "getlago/api:v1.50.0";
const PDF = "getlago/lago-gotenberg:7.8.2";
const REDIS = "redis:7-alpine";

beforeAll(() => ensureStandIns({ images: [API, PDF, REDIS], report: () => {} }));
afterAll(removeContainers);

describe("a stand-in that is told to fail", () => {
  it.each(["0", "7"])("ends at once with exit code %s", async (code) => {
    const result = await runContainer(PDF, [], { environment: { LAGO_SANDBOX_EXIT_CODE: code } });
    expect(result.exitCode).toBe(Number(code));
    expect(result.stdout.split("\n")[0]).toBe(`stand-in for ${PDF}: not Lago itself`);
  });

  it.each([
    ["redis", 7],
    ["api, redis", 7],
    ["api", 0],
  ])("fails only in %s when told so: exit code %i", async (only, code) => {
    const environment = { LAGO_SANDBOX_EXIT_CODE: "7", LAGO_SANDBOX_ONLY: only };
    const result = await runContainer(REDIS, ["redis-server", "--version"], { environment });
    expect(result.exitCode).toBe(code);
  });

  it("leaves commands alone that are no service", async () => {
    const environment = { LAGO_SANDBOX_EXIT_CODE: "7" };
    const result = await runContainer(API, ["cat", "LAGO_VERSION"], { environment });
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain("v1.50.0");
  });

  it("starts late", async () => {
    const environment = { LAGO_SANDBOX_BOOT_SECONDS: "1.5" };
    const pdf = await startContainer(PDF, [], { environment });
    const log = () => docker("logs", pdf);
    const lines = (await eventually(log, (text) => text.includes("listens"))).split("\n");
    const timeOf = (what: string) =>
      Date.parse(lines.find((line) => line.includes(what))?.split(" ")[0] ?? "");
    expect(timeOf("listens") - timeOf("starts in 1.5 s")).toBeGreaterThanOrEqual(1_500);
  });

  it.each([
    [{}, 137],
    [{ LAGO_SANDBOX_EXIT_CODE: "3" }, 3],
  ])("crashes after a while with %j: exit code %i", async (more, code) => {
    const environment = { LAGO_SANDBOX_CRASH_AFTER_SECONDS: "1", ...more };
    const pdf = await startContainer(PDF, [], { environment });
    expect(await exitCodeOf(pdf)).toBe(code);
    expect(await docker("logs", pdf)).toContain("listens on port 3000");
  });

  it("stops at once when told to before the crash", async () => {
    const environment = { LAGO_SANDBOX_CRASH_AFTER_SECONDS: "600" };
    const pdf = await startContainer(PDF, [], { environment });
    await eventually(
      () => docker("logs", pdf),
      (text) => text.includes("listens"),
    );
    await docker("stop", pdf);
    expect(await exitCodeOf(pdf)).toBe(0);
  });

  it("runs without being healthy", async () => {
    const environment = { LAGO_SANDBOX_UNHEALTHY: "true" };
    const pdf = await startContainer(PDF, [], { environment });
    const status = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}"];
    await eventually(
      () => inside(pdf, ...status, "http://localhost:3000/health"),
      ({ stdout }) => stdout === "503",
    );
    const redis = await startContainer(REDIS, [], { environment });
    await eventually(
      () => docker("logs", redis),
      (text) => text.includes("without ever being ready"),
    );
    expect((await inside(redis, "redis-cli", "ping")).exitCode).not.toBe(0);
  });

  it.each([
    ["start.api.sh", "3000/health"],
    ["start.worker.sh", "8080"],
  ])("lets %s answer that it is unhealthy", async (script, page) => {
    const redis = await startContainer(REDIS, []);
    const address = await docker("inspect", "--format={{.NetworkSettings.IPAddress}}", redis);
    const environment = {
      ...newSecrets(),
      REDIS_URL: `redis://${address}:6379`,
      LAGO_SANDBOX_UNHEALTHY: "true",
      LAGO_SANDBOX_ONLY: "api,worker",
    };
    await eventually(
      () => inside(redis, "redis-cli", "ping"),
      ({ exitCode }) => exitCode === 0,
    );
    const service = await startContainer(API, [`./scripts/${script}`], { environment });
    const ask = () => inside(service, "curl", "--silent", "--include", `http://localhost:${page}`);
    const { stdout } = await eventually(ask, ({ exitCode }) => exitCode === 0);
    expect(stdout).toMatch(/^HTTP\/1\.0 500 /);
    expect(stdout).toContain("told to be unhealthy");
  });

  it("writes as much as it is told to", async () => {
    const environment = {
      LAGO_SANDBOX_LOG_LINES: "3",
      LAGO_SANDBOX_LOG_BYTES: "70000",
      LAGO_SANDBOX_EXIT_CODE: "0",
    };
    const { stdout } = await runContainer(PDF, [], { environment });
    const long = stdout.split("\n").filter((line) => line === "x".repeat(70_000));
    expect(long).toHaveLength(3);
  });

  it.each(["soon", "-1", "nan", "inf"])("names a setting that is no number: %s", async (value) => {
    const environment = { LAGO_SANDBOX_BOOT_SECONDS: value };
    const result = await runContainer(PDF, [], { environment });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain("LAGO_SANDBOX_BOOT_SECONDS");
  });
});
