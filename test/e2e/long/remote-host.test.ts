/** A deployment on another host's engine, over a real ssh: all of it there, and nothing here. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { EngineLease } from "../../../src/lock/engine-lease.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { type RunResult, run } from "../../../src/process/run.ts";
import { CLI } from "../../../testing/cli.ts";
import { containersOf, docker, volumesOf } from "../../../testing/docker.ts";
import { type RemoteHost, startRemoteHost } from "../../../testing/remote-host/host.ts";
import { openTlsDoor, type TlsDoor } from "../../../testing/remote-host/tls.ts";
import { createTestStack, must, type TestStack } from "../../../testing/stack.ts";

const IMAGES = [
  "getlago/api:v1.50.0",
  "getlago/front:v1.50.0",
  "getlago/lago-gotenberg:7.8.2",
  "getlago/postgres-partman:15.0-alpine",
  "redis:7-alpine",
];
const API_URL = "http://api.lago.test";

let host: RemoteHost;
let lago: TestStack;
let door: TlsDoor;
/** A container of this machine's engine, on the port that the api has on the other one. */
let here: string;

beforeAll(async () => {
  host = await startRemoteHost();
  await host.load(IMAGES);
  door = await openTlsDoor(host.folder, host.socket);
  vi.stubEnv("PATH", `${host.ssh}:${process.env.PATH}`);
  // Connections that are shared are kept there.
  vi.stubEnv("XDG_RUNTIME_DIR", host.folder);
  lago = await createTestStack({
    dockerHost: host.url,
    apiUrl: API_URL,
    frontUrl: "http://lago.test",
  });
  here = `${lago.project}-here`;
  const publish = `127.0.0.1:${lago.apiPort}:6379`;
  await docker("run", "--detach", "--name", here, "--publish", publish, "redis:7-alpine");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  if (here !== undefined) {
    await docker("container", "rm", "--force", "--volumes", here);
  }
  await lago?.dispose();
  await door?.close();
  await host?.dispose();
});

const saidBy = ({ stdout, stderr }: RunResult) => stdout + stderr;

/** Runs the command line by hand, as a person or a pipeline elsewhere does. */
async function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return run(process.execPath, [CLI, ...args, "--project", lago.project], {
    env: { ...inheritedEnvironment(), ...env },
    timeoutMs: 120_000,
  });
}

const there = () => ["--docker-host", host.url];

/** Ids of its containers on that host, by service. */
async function idsThere(): Promise<Record<string, string>> {
  const filter = `label=com.docker.compose.project=${lago.project}`;
  const format = '{{.Label "com.docker.compose.service"}} {{.ID}}';
  const text = await host.docker("ps", "--all", "--filter", filter, "--format", format);
  return Object.fromEntries(text.split("\n").map((line) => line.split(" ")));
}

describe("a host that does not let us in", () => {
  it.each([
    ["whose key is not known", { knowsHost: false }, "ssh does not know the host's key"],
    ["that wants a password", { hasKey: false }, "ssh was not let in"],
  ])("is found in the preview: one %s", async (_, lacks, said) => {
    const ssh = await host.client(said.replaceAll(/\W/g, ""), lacks);
    const PATH = `${ssh}:${lago.workspace.env.PATH}`;
    const preview = await lago.pulumi(["preview"], { env: { PATH } });
    expect(preview.exitCode).not.toBe(0);
    expect(saidBy(preview)).toContain(`DaemonUnreachable: Asking the Docker engine on ${host.url}`);
    expect(saidBy(preview)).toContain(said);
  });
});

describe("a deployment on another host", () => {
  it("is refused for a port that is taken there, and for none that is taken here", async () => {
    const publish = `127.0.0.1:${lago.frontPort}:6379`;
    await host.docker(
      "run",
      "--detach",
      "--name",
      "holder",
      "--publish",
      publish,
      "redis:7-alpine",
    );

    const preview = await lago.preview();
    expect(preview.exitCode).not.toBe(0);
    expect(saidBy(preview)).toContain(
      `ports.front: port ${lago.frontPort} is held by container holder`,
    );
    expect(saidBy(preview)).not.toContain(`port ${lago.apiPort}`);
    await host.docker("container", "rm", "--force", "--volumes", "holder");
    must(await lago.preview());
  });

  it("starts there, and leaves nothing here", async () => {
    await lago.mustUp();
    expect(Object.keys(await idsThere())).toContain("api");
    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await volumesOf(lago.project)).toEqual([]);
    const { api = "" } = await idsThere();
    const health = await host.docker("exec", api, "curl", "-sf", "http://localhost:3000/health");
    expect(JSON.parse(health)).toMatchObject({ version: "v1.50.0" });
    expect(await host.docker("port", api)).toBe(`3000/tcp -> 127.0.0.1:${lago.apiPort}`);
  });

  it("has outputs that do not pretend that it is here", async () => {
    const outputs = await lago.outputs();
    expect(outputs.running).toBe(true);
    expect(outputs.apiUrl).toBe(API_URL);
    expect(JSON.stringify(outputs)).not.toContain("localhost");
  });

  it("keeps no lock when it is done", async () => {
    const filter = "label=z-billing-lago.lock";
    expect(await host.docker("volume", "ls", "--quiet", "--filter", filter)).toBe("");
  });

  it("changes nothing the second time", async () => {
    const before = await idsThere();
    must(await lago.preview("--expect-no-changes"));
    await lago.mustUp();
    expect(await idsThere()).toEqual(before);
  });

  it("takes a changed setting over", async () => {
    const before = await idsThere();
    await lago.set("disableSignup", "true");
    await lago.mustUp();
    const after = await idsThere();
    expect(after.api).not.toBe(before.api);
    expect(after.db).toBe(before.db);
    expect(await host.docker("exec", after.api ?? "", "printenv", "LAGO_DISABLE_SIGNUP")).toBe(
      "true",
    );
  });

  it("tells its status and its logs", async () => {
    const status = must(await cli(["status", "--json", ...there()]));
    const { services } = JSON.parse(status.stdout) as { services: [string, string][] };
    expect(Object.fromEntries(services)).toMatchObject({ api: "Running", migrate: "Completed" });
    const logs = must(await cli(["logs", "db", ...there()]));
    expect(logs.stdout).toContain("ready to accept connections");
    // And this machine's engine knows of none.
    const here = await cli(["status"]);
    expect(here.exitCode).toBe(EXIT_CODES.ProjectNotFound);
    expect(here.stderr).toContain("ProjectNotFound: The Docker engine has no project");
  });

  it("shows what drifted there, and heals it alone", async () => {
    const before = await idsThere();
    await host.docker("stop", before.pdf ?? "");
    const preview = await lago.preview("--expect-no-changes");
    expect(preview.exitCode).not.toBe(0);
    expect(saidBy(preview)).toMatch(/pdf +started/);
    await lago.mustUp();
    expect(await idsThere()).toEqual(before);
    expect(await host.docker("inspect", "--format", "{{.State.Status}}", before.pdf ?? "")).toBe(
      "running",
    );
  });

  it("keeps out others than those who are at work on it from elsewhere", async () => {
    const startedAt = new Date().toISOString();
    const note = { pid: 7, host: "zbl-test-runner", operation: "up", startedAt };
    const lease = new EngineLease(lago.project, { dockerHost: host.url }, note);
    await lease.acquire();

    const refused = await cli(["restart", "pdf", "--lock-timeout", "0", ...there()]);
    expect(refused.exitCode).toBe(EXIT_CODES.Locked);
    expect(refused.stderr).toContain("`up` (pid 7 on zbl-test-runner, since");

    await lease.release();
    must(await cli(["restart", "pdf", "--lock-timeout", "0", ...there()]));
  });
});

describe("other ways to the same engine", () => {
  it("is one of docker's contexts", async () => {
    const DOCKER_CONFIG = join(host.folder, "config");
    await mkdir(DOCKER_CONFIG);
    const make = ["context", "create", "remote", "--docker", `host=${host.url}`];
    must(
      await run("docker", make, {
        env: { ...inheritedEnvironment(), DOCKER_CONFIG },
        timeoutMs: 30_000,
      }),
    );
    const status = must(await cli(["status", "--docker-context", "remote"], { DOCKER_CONFIG }));
    expect(status.stdout).toMatch(/api +Running/);
    const none = await cli(["status", "--docker-context", "nowhere"], { DOCKER_CONFIG });
    expect(none.exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(none.stderr).toContain("docker has no such context");
  });

  it("is TLS, where both sides trust each other", async () => {
    const tls = (folder: string) => ["--docker-host", door.url, "--docker-cert-path", folder];
    expect(must(await cli(["status", ...tls(door.certificates)])).stdout).toMatch(/api +Running/);
    const refused = await cli(["status", ...tls(door.others)]);
    expect(refused.exitCode).toBe(EXIT_CODES.DaemonUnreachable);
    expect(refused.stderr).toContain("do not trust each other's certificates");
  });
});

describe("another engine for the same stack", () => {
  it("is refused while the deployment has containers on the old one", async () => {
    must(await lago.pulumi(["config", "rm", "dockerHost"]));
    await lago.set("allowHostChange", host.url);
    const preview = await lago.preview();
    expect(preview.exitCode).not.toBe(0);
    const said = saidBy(preview).replaceAll(/\s+/g, " ");
    expect(said).toContain(`the engine cannot change from "${host.url}" to "default"`);
    expect(said).toContain(`down --project ${lago.project} --docker-host ${host.url}`);
    expect(await containersOf(lago.project)).toEqual(new Map());
  });

  it("is no other one by another address", async () => {
    const before = await idsThere();
    await lago.set("dockerHost", `unix://${host.socket}`);
    must(await lago.preview());
    await lago.mustUp();
    expect(await idsThere()).toEqual(before);
  });
});

describe("destroying it", () => {
  it("keeps the data there", async () => {
    await lago.set("dockerHost", host.url);
    await lago.mustUp();
    must(await lago.destroy());
    const filter = `label=com.docker.compose.project=${lago.project}`;
    expect(await host.docker("ps", "--all", "--quiet", "--filter", filter)).toBe("");
    const volumes = await host.docker("volume", "ls", "--quiet", "--filter", filter);
    expect(volumes).toContain(`${lago.project}_lago_postgres_data`);
  });
});
