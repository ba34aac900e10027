/** The life of a deployment from Lago's own compose file, unchanged, on stand-in images. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  containersOf,
  docker,
  environmentInside,
  environmentOf,
  networksOf,
  sql,
  volumesOf,
} from "../../testing/docker.ts";
import { LAGO_FILES } from "../../testing/folders.ts";
import { createTestStack, must, type TestStack, wordsOf } from "../../testing/stack.ts";
import { expectNoSecret } from "./support/secrets.ts";

/** With every character that shells, YAML, URLs and compose treat in a way of their own. */
const HOSTILE = "p$a\"ss' w\\ord # = {{ é ${HOME} \n second line";

/** With a character that is no letter, since it goes through compose to the database. */
const ORGANIZATION = "Acme $& Söhne";
const EMAIL = "you@acme.example";

const SERVICES = ["api", "api-clock", "api-worker", "db", "front", "migrate", "pdf", "redis"];

let lago: TestStack;
let keys: string;

beforeAll(async () => {
  lago = await createTestStack({
    lagoPath: join(LAGO_FILES, "v1.50.0"),
    organization: { name: ORGANIZATION, email: EMAIL },
  });
  await lago.set("environment.LAGO_SMTP_PASSWORD", HOSTILE, { secret: true });
  await lago.set("apiKey", "canary-api-key-4711", { secret: true });
});

afterAll(async () => {
  await lago?.dispose();
});

const ids = async () =>
  new Map([...(await containersOf(lago.project))].map(([service, { Id }]) => [service, Id]));

const organizations = () => sql(lago.project, "SELECT name FROM organizations");

async function login(): Promise<Record<string, string>> {
  const shown = must(await lago.pulumi(["stack", "output", "login", "--json", "--show-secrets"]));
  return JSON.parse(shown.stdout) as Record<string, string>;
}

describe("a deployment of Lago's own v1.50.0 file", () => {
  it("shows in a preview what will be made, and makes nothing", async () => {
    const preview = must(await lago.preview());

    expect(preview.stdout).toContain("lago-deployment");
    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await volumesOf(lago.project)).toEqual([]);
  });

  it("is up when every service is healthy, or runs, or has completed", async () => {
    const up = await lago.mustUp();

    const containers = await containersOf(lago.project);
    expect([...containers.keys()].sort()).toEqual(SERVICES);
    const states = [...containers].map(([service, { State }]) => [
      service,
      State.Status,
      State.Health?.Status ?? State.ExitCode,
    ]);
    expect(states.sort()).toEqual([
      ["api", "running", "healthy"],
      ["api-clock", "running", 0],
      ["api-worker", "running", "healthy"],
      ["db", "running", "healthy"],
      ["front", "running", 0],
      ["migrate", "exited", 0],
      ["pdf", "running", 0],
      ["redis", "running", "healthy"],
    ]);
    expect(await networksOf(lago.project)).toHaveLength(1);
    // Three with data, and the one that tells its keys.
    expect(await volumesOf(lago.project)).toHaveLength(4);
    // Progress is seen while it runs, a line a service.
    expect(up.stdout + up.stderr).toMatch(/api: healthy after \d+\.\d s/);
    expect(up.stdout + up.stderr).toMatch(/migrate: completed after \d+\.\d s/);
  });

  it("answers where it was asked to, on this host only", async () => {
    const api = await fetch(`http://127.0.0.1:${lago.apiPort}/health`);
    expect(api.status).toBe(200);
    expect(await api.json()).toMatchObject({ version: "v1.50.0" });
    const front = await fetch(`http://127.0.0.1:${lago.frontPort}/`);
    expect(front.status).toBe(200);

    const containers = await containersOf(lago.project);
    expect(containers.get("api")?.HostConfig.PortBindings).toEqual({
      "3000/tcp": [{ HostIp: "127.0.0.1", HostPort: String(lago.apiPort) }],
    });
    expect(containers.get("db")?.HostConfig.PortBindings ?? {}).toEqual({});
    expect(containers.get("redis")?.HostConfig.PortBindings ?? {}).toEqual({});
  });

  it("hands every setting to the containers byte for byte", async () => {
    const api = await environmentOf(lago.project, "api");

    expect(api.LAGO_SMTP_PASSWORD).toBe(HOSTILE);
    expect(api.LAGO_API_URL).toBe(`http://localhost:${lago.apiPort}`);
    expect(api.SECRET_KEY_BASE).toMatch(/^[0-9a-f]{128}$/);
    expect(api.LAGO_ENCRYPTION_PRIMARY_KEY).toMatch(/^[A-Za-z0-9]{32}$/);
    const password = (await environmentOf(lago.project, "db")).POSTGRES_PASSWORD;
    expect(password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(api.DATABASE_URL).toContain(`:${password}@db:5432/lago`);
  });

  it("has opened the organization, and tells how to log in", async () => {
    expect(await organizations()).toBe(ORGANIZATION);
    expect(await sql(lago.project, "SELECT email FROM users")).toBe(EMAIL);
    expect(await sql(lago.project, "SELECT value FROM api_keys")).toBe("canary-api-key-4711");
    expect((await lago.outputs()).login).toBe("[secret]");
    expect(await login()).toEqual({
      url: `http://localhost:${lago.frontPort}`,
      email: EMAIL,
      password: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      apiKey: "canary-api-key-4711",
    });
    // The file itself hands these to every service. The migration that opens it ran apart from them.
    for (const service of ["api", "api-worker", "migrate"]) {
      const variables = (await containersOf(lago.project)).get(service)?.Config.Env ?? [];
      expect(variables.filter((one) => /CREATE_ORG|LAGO_ORG_/.test(one)).sort()).toEqual([
        "LAGO_CREATE_ORG=false",
        "LAGO_ORG_API_KEY=",
        "LAGO_ORG_NAME=",
        "LAGO_ORG_USER_EMAIL=",
        "LAGO_ORG_USER_PASSWORD=",
      ]);
    }
  });

  it("has status and log tails as outputs", async () => {
    const outputs = await lago.outputs();

    expect(outputs.running).toBe(true);
    expect(outputs.projectName).toBe(lago.project);
    expect(outputs.logs).toBe("[secret]");
    const services = outputs.services as { name: string; status: string; standIn: boolean }[];
    expect(services.map(({ name, status }) => [name, status])).toEqual(
      SERVICES.map((name) => [name, name === "migrate" ? "Completed" : "Running"]),
    );
    const shown = must(
      await lago.workspace.pulumi([
        "stack",
        "output",
        "--json",
        "--show-secrets",
        "--stack",
        lago.stack,
      ]),
    );
    const { logs } = JSON.parse(shown.stdout) as { logs: Record<string, string> };
    expect(Object.keys(logs).sort()).toEqual(SERVICES);
  });

  it("has nothing to change right after, also from another checkout", async () => {
    const before = await ids();
    must(await lago.preview("--expect-no-changes"));
    must(await lago.fromElsewhere(["preview", "--diff", "--expect-no-changes"]));
    const again = await lago.mustUp();
    expect(again.stdout).toMatch(/Resources:\n +\d+ unchanged\n/);
    expect(await ids()).toEqual(before);
  });

  it("keeps to the organization that was opened, whatever the config says later", async () => {
    await lago.set("organization.email", "other@acme.example");
    const preview = wordsOf(must(await lago.preview("--expect-no-changes")));
    expect(preview).toContain("organization.email changed and has no effect any more");
    expect((await login()).email).toBe(EMAIL);
    await lago.set("organization.email", EMAIL);
  });

  it("updates a changed setting in place and never goes down for it, with the organization renamed and its key replaced in Lago", async () => {
    await sql(lago.project, "UPDATE organizations SET name = 'Renamed'");
    await sql(lago.project, "UPDATE billing_entities SET name = 'Renamed'");
    await sql(lago.project, "UPDATE api_keys SET expires_at = now()");
    const before = await ids();
    // Beside an organization it is true unless set.
    expect((await environmentOf(lago.project, "api")).LAGO_DISABLE_SIGNUP).toBe("true");
    await lago.set("disableSignup", "false");
    await lago.mustUp();
    expect(await organizations()).toBe("Renamed");

    const after = await ids();
    const api = await environmentInside(after.get("api") ?? "");
    expect(api.LAGO_DISABLE_SIGNUP).toBe("false");
    // A `down` would have taken these away as well.
    for (const untouched of ["db", "redis", "pdf"]) {
      expect(after.get(untouched)).toBe(before.get(untouched));
    }
    expect(after.get("api")).not.toBe(before.get("api"));
    must(await lago.preview("--expect-no-changes"));
  });

  it("sees services that were stopped or removed in a preview, and heals them with the next up", async () => {
    const before = await ids();
    const of = (service: string) => before.get(service) ?? "";
    await docker("container", "stop", of("api-worker"));
    await docker("container", "rm", "--force", "--volumes", of("api-clock"));
    // With all that needs it.
    await docker("container", "stop", of("redis"));
    const away = ["api-worker", "api-clock", "redis"];

    const preview = await lago.preview("--expect-no-changes");
    expect(preview.exitCode).not.toBe(0);
    for (const service of away) {
      expect(preview.stdout).toContain(`lago-${service}`);
    }
    await lago.mustUp();

    const healed = await containersOf(lago.project);
    expect(away.map((service) => healed.get(service)?.State.Status)).toEqual(
      away.map(() => "running"),
    );
    expect(healed.get("db")?.Id).toBe(before.get("db"));
    must(await lago.preview("--expect-no-changes"));
  });

  it("restarts the services when the restart token changes, once", async () => {
    const before = await ids();
    await lago.set("restartToken", "2026-11-23 $one");
    await lago.mustUp();
    const after = await ids();
    expect(after.get("api")).not.toBe(before.get("api"));
    must(await lago.preview("--expect-no-changes"));
  });

  it("forgets nothing while the Docker engine cannot be asked", async () => {
    const before = (await lago.workspace.exportStack()).deployment.resources?.length ?? 0;
    const env = { DOCKER_HOST: "unix:///zbl-test-no-such.sock" };
    must(await lago.pulumi(["refresh", "--yes", "--skip-preview"], { env }));
    const { resources = [] } = (await lago.workspace.exportStack()).deployment;
    const status = resources.find(({ type }) => type === "pulumi-nodejs:dynamic/lago:Status");
    const services = status?.outputs?.services as { name: string; status: string }[];
    expect(services.map(({ name, status: word }) => [name, word])).toEqual(
      SERVICES.map((name) => [name, "Unknown"]),
    );
    expect(resources).toHaveLength(before);

    must(await lago.preview("--expect-no-changes"));
  });

  it("is refreshed without a change", async () => {
    must(await lago.pulumi(["refresh", "--yes", "--expect-no-changes"]));
  });

  it("refuses to become another project", async () => {
    await lago.set("projectName", `${lago.project}-renamed`);
    const preview = await lago.preview();
    await lago.set("projectName", lago.project);

    expect(preview.exitCode).not.toBe(0);
    expect(preview.stdout + preview.stderr).toContain(`cannot change from "${lago.project}"`);
  });

  it("shows no secret on the console or in the state", async () => {
    await expectNoSecret(lago, await environmentOf(lago.project, "api"));
  });

  it("leaves containers and networks nowhere after destroy, and keeps the volumes", async () => {
    const volumes = await volumesOf(lago.project);
    const exported = must(await lago.cli(["keys", "export", "--stack", lago.stack]));
    keys = exported.stdout;
    must(await lago.destroy());

    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await networksOf(lago.project)).toEqual([]);
    expect(await volumesOf(lago.project)).toEqual(volumes);
  });

  it("opens no second organization when a stack without a state takes up the data", async () => {
    expect(JSON.parse(keys).login).toMatchObject({ email: EMAIL, apiKey: "canary-api-key-4711" });
    must(await lago.cli(["keys", "import", "--stack", lago.stack], { stdin: keys }));
    await lago.mustUp();
    expect(await organizations()).toBe("Renamed");
    const taken = await login();
    expect(taken.email).toBe(EMAIL);
    expect(taken).not.toHaveProperty("password");
  });
});
