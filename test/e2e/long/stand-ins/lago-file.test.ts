/** Lago's own compose file, unchanged, by Docker Compose alone on stand-ins. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { docker } from "../../../../testing/docker.ts";
import { createLagoProject, type LagoProject } from "../../../../testing/stand-ins/project.ts";
import { eventually, standingOf } from "../../../../testing/standing.ts";

const FRONT_ORIGIN = "http://billing.example:8080";
const EVERYTHING_UP = {
  db: "healthy",
  redis: "healthy",
  migrate: "exited 0",
  api: "healthy",
  "api-worker": "healthy",
  "api-clock": "running",
  front: "running",
  pdf: "running",
};

describe("Lago's own v1.50.0 file on stand-ins", () => {
  let project: LagoProject;

  beforeAll(async () => {
    project = await createLagoProject({
      lago: "v1.50.0",
      settings: { LAGO_API_URL: "https://api.billing.example", LAGO_FRONT_URL: FRONT_ORIGIN },
    });
    const up = await project.compose(["up", "--detach"]);
    expect(up.exitCode, up.stderr).toBe(0);
  });

  afterAll(async () => {
    await project?.remove();
  });

  it("brings every service up and ends the migration with 0", async () => {
    const standing = await eventually(
      async () => standingOf(await project.containers()),
      (now) => now["api-worker"] !== "starting",
    );
    expect(standing).toEqual(EVERYTHING_UP);
  });

  it("really migrates", async () => {
    const tables = await project.query("SELECT tablename FROM pg_tables WHERE schemaname='public'");
    expect(tables).toEqual(expect.arrayContaining(["organizations", "customers", "api_keys"]));
    const version = "SELECT value FROM ar_internal_metadata WHERE key = 'lago_version'";
    expect(await project.query(version)).toEqual(["v1.50.0"]);
    expect(await project.query("SELECT version FROM schema_migrations")).toHaveLength(7);
  });

  it("serves the version and says that it is a stand-in", async () => {
    const response = await fetch(`${await project.url("api")}/health`);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-stand-in")).toBe("true");
    expect(await response.json()).toEqual({
      version: "v1.50.0",
      github_url: "https://github.com/getlago/lago-api/tree/v1.50.0",
      message: "Success",
      stand_in: true,
    });
  });

  it.each([
    [FRONT_ORIGIN, FRONT_ORIGIN],
    ["http://billing.example", null],
    ["http://elsewhere.example:8080", null],
  ])("allows calls from a page of %s: %s", async (origin, allowed) => {
    const response = await fetch(`${await project.url("api")}/health`, {
      method: "OPTIONS",
      headers: { Origin: origin },
    });
    expect(response.headers.get("access-control-allow-origin")).toBe(allowed);
  });

  it("serves the front's page and the settings it was given", async () => {
    const url = await project.url("front");
    const page = await eventually(
      () => fetch(url),
      (response) => response.ok,
    );
    expect(await page.text()).toContain("stand-in");
    const config = await (await fetch(`${url}/env-config.js`)).text();
    expect(config).toContain('window.API_URL = "https://api.billing.example"');
    expect(config).toContain('window.APP_ENV = "production"');
  });

  it("lets the back end reach the PDF service by its name", async () => {
    const api = (await project.containers()).get("api")?.Id ?? "missing";
    const health = await docker(
      "exec",
      api,
      "curl",
      "--fail",
      "--silent",
      "http://pdf:3000/health",
    );
    expect(JSON.parse(health)).toEqual({ status: "up", stand_in: true });
  });

  it("says first that each container is a stand-in, and logs no secret", async () => {
    const secrets = Object.entries(project.settings).filter(([name]) => !name.endsWith("_URL"));
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    for (const [service, container] of await project.containers()) {
      const log = await docker("logs", container.Id);
      const image = container.Config.Image;
      expect(log.split("\n")[0], service).toBe(`stand-in for ${image}: not Lago itself`);
      for (const [name, value] of secrets) {
        expect(log.includes(value), `${name} in the log of ${service}`).toBe(false);
      }
    }
  });
});
