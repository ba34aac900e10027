/** Lago's other compose files by Docker Compose alone on stand-ins. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { docker } from "../../../../testing/docker.ts";
import { createLagoProject, type LagoProject } from "../../../../testing/stand-ins/project.ts";
import { eventually, standingOf } from "../../../../testing/standing.ts";

describe("Lago's local deployment with profile all", () => {
  let project: LagoProject;

  beforeAll(async () => {
    project = await createLagoProject({
      lago: "deploy-local",
      alsoNamed: ["rsa-keys"],
      globalArguments: ["--profile", "all"],
      settings: { LAGO_RSA_PRIVATE_KEY: "" },
    });
    const up = await project.compose(["up", "--detach"]);
    expect(up.exitCode, up.stderr).toBe(0);
  });

  afterAll(async () => {
    await project?.remove();
  });

  it("makes the key pair in one service and uses it in the others", async () => {
    const standing = await eventually(
      async () => standingOf(await project.containers()),
      (now) => now["api-worker"] !== "starting",
    );
    expect(standing).toEqual({
      db: "healthy",
      redis: "healthy",
      "rsa-keys": "exited 0",
      migrate: "exited 0",
      api: "healthy",
      "api-worker": "healthy",
      "api-clock": "running",
      front: "running",
      pdf: "running",
    });
    const api = (await project.containers()).get("api")?.Id ?? "missing";
    const mode = await docker("exec", api, "stat", "--format=%a", "config/keys/private.pem");
    expect(mode).toBe("600");
  });

  it("keeps the key pair when it runs again", async () => {
    const api = (await project.containers()).get("api")?.Id ?? "missing";
    const sum = () => docker("exec", api, "sha256sum", "config/keys/private.pem");
    const before = await sum();
    const again = await project.compose(["run", "--rm", "rsa-keys"]);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(await sum()).toBe(before);
  });
});

describe("an upgrade of Lago on stand-ins", () => {
  let project: LagoProject;

  afterAll(async () => {
    await project?.remove();
  });

  it("keeps the data, adds what the new version migrates and serves the new version", async () => {
    project = await createLagoProject({ lago: "v1.43.0", quick: true });
    const health = async () => {
      const response = await fetch(`${await project.url("api")}/health`);
      return (await response.json()) as { version: string };
    };
    const first = await project.compose(["up", "--detach"]);
    expect(first.exitCode, first.stderr).toBe(0);
    expect((await health()).version).toBe("v1.43.0");
    expect(await project.query("SELECT version FROM schema_migrations")).toHaveLength(5);
    await project.query("INSERT INTO organizations (name) VALUES ('Acme')");

    const second = await project.compose(["up", "--detach"], { LAGO_TEST_FILE: "v1.50.0" });
    expect(second.exitCode, second.stderr).toBe(0);
    expect((await health()).version).toBe("v1.50.0");
    expect(await project.query("SELECT version FROM schema_migrations")).toHaveLength(7);
    expect(await project.query("SELECT name FROM organizations")).toEqual(["Acme"]);
  });
});

describe("Lago's file with a failure on demand", () => {
  let project: LagoProject;

  afterAll(async () => {
    await project?.remove();
  });

  it("fails where it is told to and nowhere else", async () => {
    project = await createLagoProject({
      lago: "v1.50.0",
      quick: true,
      backend: { LAGO_SANDBOX_EXIT_CODE: "23", LAGO_SANDBOX_ONLY: "migrate" },
    });
    const up = await project.compose(["up", "--detach"]);
    expect(up.exitCode).toBe(1);
    expect(standingOf(await project.containers())).toMatchObject({
      db: "healthy",
      redis: "healthy",
      migrate: "exited 23",
      api: "created 0",
    });
  });
});
