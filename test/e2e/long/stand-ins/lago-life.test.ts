/** The life of a deployment on stand-ins: what is kept when containers come and go. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { docker } from "../../../../testing/docker.ts";
import { createLagoProject, type LagoProject } from "../../../../testing/stand-ins/project.ts";
import { eventually, standingOf } from "../../../../testing/standing.ts";

describe("the life of a deployment on stand-ins", () => {
  let project: LagoProject;

  beforeAll(async () => {
    project = await createLagoProject({ lago: "v1.50.0", quick: true });
    const up = await project.compose(["up", "--detach"]);
    expect(up.exitCode, up.stderr).toBe(0);
  });

  afterAll(async () => {
    await project?.remove();
  });

  it.each(["redis", "db"])("is unhealthy while %s is away", async (service) => {
    const url = `${await project.url("api")}/health`;
    await project.compose(["stop", service]);
    const away = await fetch(url);
    expect(away.status).toBe(500);
    const body = (await away.json()) as Record<string, string>;
    expect(body).toMatchObject({ message: "Unhealthy", version: "v1.50.0" });
    expect(body.details).toContain(service);
    await project.compose(["start", service]);
    await eventually(
      () => fetch(url),
      (response) => response.status === 200,
    );
  });

  it("seeds the organisation that it is told to, once", async () => {
    const seed = (...names: string[]) =>
      project.compose(["run", "--rm", "--no-deps", ...names.flatMap((n) => ["-e", n]), "migrate"]);
    const all = [
      "LAGO_CREATE_ORG=true",
      "LAGO_ORG_NAME=Acme",
      "LAGO_ORG_USER_EMAIL=a@acme.example",
    ];
    const missing = await seed(...all);
    expect(missing.exitCode).toBe(1);
    expect(missing.stdout).toContain("LAGO_ORG_USER_PASSWORD");
    expect(await project.query("SELECT name FROM organizations")).toEqual([]);

    const complete = [...all, "LAGO_ORG_USER_PASSWORD=hidden-one", "LAGO_ORG_API_KEY=hidden-two"];
    for (const result of [await seed(...complete), await seed(...complete)]) {
      expect(result.exitCode, result.stdout).toBe(0);
      expect(result.stdout).not.toContain("hidden");
    }
    const keys =
      "SELECT name, value FROM organizations o JOIN api_keys k ON organization_id = o.id";
    expect(await project.query(keys)).toEqual(["Acme|hidden-two"]);
    const digests = await project.query("SELECT password_digest FROM users");
    expect(digests).toHaveLength(1);
    expect(digests.join()).not.toContain("hidden");
  });

  it("fails to seed it again, as Lago does, once the billing entity is renamed or the key has expired", async () => {
    const seed = () =>
      project.compose([
        ...["run", "--rm", "--no-deps", "-e", "LAGO_CREATE_ORG=true", "-e", "LAGO_ORG_NAME=Acme"],
        ...["-e", "LAGO_ORG_USER_EMAIL=a@acme.example", "-e", "LAGO_ORG_USER_PASSWORD=hidden-one"],
        ...["-e", "LAGO_ORG_API_KEY=hidden-two", "migrate"],
      ]);
    await project.query("UPDATE billing_entities SET name = 'Renamed'");
    const renamed = await seed();
    expect(renamed.exitCode).toBe(1);
    expect(renamed.stdout).toContain("billing_entities_pkey");
    await project.query("UPDATE billing_entities SET name = 'Acme'");
    expect((await seed()).exitCode).toBe(0);
    await project.query("UPDATE api_keys SET expires_at = now()");
    const expired = await seed();
    expect(expired.exitCode).toBe(1);
    expect(expired.stdout).toContain("api_keys_value_key");
    expect(await project.query("SELECT name FROM organizations")).toEqual(["Acme"]);
  });

  it("stops at once when it is told to", async () => {
    const stop = await project.compose(["stop", "--timeout", "10"]);
    expect(stop.exitCode, stop.stderr).toBe(0);
    const ended = [...(await project.containers()).values()];
    expect(ended).toHaveLength(8);
    // 137 would be one that was deaf and had to be killed.
    expect(ended.map(({ Name, State }) => [Name, State.ExitCode])).toEqual(
      ended.map(({ Name }) => [Name, 0]),
    );
  });

  it("fails in the migration when the password changes after the data was made", async () => {
    const up = await project.compose(["up", "--detach"], { POSTGRES_PASSWORD: "another" });
    expect(up.exitCode).not.toBe(0);
    const containers = await project.containers();
    expect(standingOf(containers)).toMatchObject({ db: "healthy", migrate: "exited 1" });
    const log = await docker("logs", containers.get("migrate")?.Id ?? "missing");
    expect(log).toContain('password authentication failed for user "lago"');
    expect(log).not.toContain("another");
  });
});
