import { describe, expect, it, vi } from "vitest";
import { statusProvider } from "../../src/pulumi/stack/status-provider.ts";
import { psLine, type Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker, useNoDocker } from "../../testing/scripted-docker/fake-docker.ts";

const PROVIDER = { __provider: "text" };
const INPUTS = {
  projectName: "lago-test",
  logTail: 5,
  declared: ["api"],
  revision: { generation: "1" },
  ...PROVIDER,
};
const DOWN = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };

const API_IMAGE = `sha256:${"a".repeat(64)}`;
const API_DIGEST = `sha256:${"b".repeat(64)}`;

const PORT = { URL: "127.0.0.1", TargetPort: 3000, PublishedPort: 4000, Protocol: "tcp" };
const RUNNING: Script = {
  ps: {
    stdout:
      psLine("api", { Publishers: [PORT], Labels: "z-billing-lago.stand-in=api" }) +
      psLine("migrate", { State: "exited", Health: "", ExitCode: 3 }),
  },
  "container inspect": {
    stdout: JSON.stringify([{ Id: "api-id", Image: API_IMAGE, State: {}, HostConfig: {} }]),
  },
  "volume ls": { stdout: "lago-test_b\t\nlago-test_a\t\n" },
  "image inspect": { stdout: `${API_IMAGE} ["getlago/api@${API_DIGEST}"]\n` },
  logs: { stdout: "\u001b[2Kapi-1      | \u001b[31mone\r\napi-1      | two\nmigrate-1  | three\n" },
};

/** The state after a deployment, as the engine keeps it. */
async function created(script: Script = RUNNING) {
  const docker = useFakeDocker(script);
  const { id, outs } = await statusProvider.create(INPUTS);
  return { docker, id, olds: { ...outs, ...PROVIDER } };
}

describe("create", () => {
  it("observes services and logs, and changes nothing", async () => {
    const { docker, id, olds } = await created();
    expect(id).toBe("lago-test");
    expect(olds).toEqual({
      ...INPUTS,
      running: true,
      services: [
        {
          name: "api",
          status: "Running",
          health: "healthy",
          exitCode: 0,
          image: "getlago/api",
          imageId: API_IMAGE,
          imageDigest: API_DIGEST,
          standIn: true,
          ports: ["127.0.0.1:4000->3000"],
        },
        {
          name: "migrate",
          status: "Stopped",
          health: "",
          exitCode: 3,
          image: "getlago/migrate",
          imageId: "",
          imageDigest: "",
          standIn: false,
          ports: [],
        },
      ],
      undeclared: ["migrate"],
      volumes: ["lago-test_a", "lago-test_b"],
      logs: { api: "one\ntwo", migrate: "three" },
    });
    const verbs = new Set(docker.calls().map(({ verb }) => verb));
    expect([...verbs].sort()).toEqual([
      ...["container inspect", "container ls", "image inspect", "logs", "ps", "volume ls"],
    ]);
    expect(docker.call("logs").args).toContain("--tail=5");
  });

  it("hides the secrets of the containers in the logs", async () => {
    const secret = "Vq7Zt2Lm9Xc4Rb8Kd3Wp";
    const { olds } = await created({
      ...RUNNING,
      "container ls": { stdout: "api-id\n" },
      "container inspect": { stdout: `${JSON.stringify([`SECRET_KEY_BASE=${secret}`])}\n` },
      ps: {},
      logs: { stdout: `api-1  | ${secret} Vq7Zt2Lm9X\napi-1  | c4Rb8Kd3Wp` },
    });
    expect(olds.logs).toEqual({ api: "[secret] [secret]\n[secret]" });
  });

  it("keeps no more of a log than the state should hold, and no control characters", async () => {
    const line = `api-1  | ${"\u0007é".repeat(200)}\n`;
    const { olds } = await created({ ...RUNNING, logs: { stdout: line.repeat(500) } });
    const { api = "" } = olds.logs as Record<string, string>;
    expect(Buffer.byteLength(api)).toBeLessThanOrEqual(8 * 1024);
    expect(api).toMatch(/^é+(\né+)+$/);
  });

  it("shares what the state should hold among many services, each with its last lines", async () => {
    const services = Array.from({ length: 40 }, (_, n) => `worker-${n}`);
    const lines = services.flatMap((service) =>
      Array.from({ length: 50 }, (_, n) => `${service}-1  | line ${n} ${"x".repeat(60)}\n`),
    );
    const { olds } = await created({ ...RUNNING, logs: { stdout: lines.join("") } });
    const tails = Object.values(olds.logs as Record<string, string>);
    expect(tails).toHaveLength(40);
    expect(Buffer.byteLength(tails.join(""))).toBeLessThanOrEqual(16 * 1024);
    for (const tail of tails) {
      expect(tail).toMatch(/^line 4\d x+\n(.*\n)*line 49 x+$/);
    }
  });

  it("observes nothing where there is nothing", async () => {
    const { olds } = await created({});
    expect(olds).toMatchObject({ running: false, services: [], logs: {} });
  });

  it.each<[string, Script]>([
    ["status", { ...RUNNING, ps: DOWN }],
    ["logs", { ...RUNNING, logs: DOWN }],
  ])("fails when the %s cannot be had", async (_, script) => {
    await expect(created(script)).rejects.toMatchObject({ kind: "DaemonUnreachable" });
  });
});

describe("update", () => {
  it("observes anew", async () => {
    const { id, olds } = await created({ ...RUNNING, ps: [{}, ...[RUNNING.ps ?? {}].flat()] });
    expect(olds).toMatchObject({ running: false });
    const news = { ...INPUTS, logTail: 7, revision: { generation: "2" } };
    const { outs } = await statusProvider.update(id, olds as never, news);
    expect(outs).toMatchObject({ logTail: 7, revision: { generation: "2" }, running: true });
    expect(outs).not.toHaveProperty("__provider");
  });
});

describe("diff", () => {
  it("is none for what was only observed", async () => {
    const { id, olds } = await created();
    const observed = { ...olds, running: false, services: [], logs: {} } as never;
    expect(await statusProvider.diff(id, observed, INPUTS)).toEqual({ changes: false });
  });

  it.each([
    { revision: { generation: "2" } },
    { logTail: 6 },
    { projectName: "other" },
    { __provider: "newer" },
  ])("sees a change of %j", async (change) => {
    const { id, olds } = await created();
    const news = { ...INPUTS, ...change };
    expect(await statusProvider.diff(id, olds as never, news)).toEqual({ changes: true });
  });
});

describe("read", () => {
  it("observes anew and changes no input", async () => {
    const { id, olds } = await created({ ...RUNNING, ps: [{}, ...[RUNNING.ps ?? {}].flat()] });
    const read = await statusProvider.read(id, olds as never);
    expect(read).toMatchObject({ id, props: { ...INPUTS, running: true } });
    expect(await statusProvider.diff(id, read.props, INPUTS)).toEqual({ changes: false });
  });

  it("says unknown, and drops nothing, when the engine cannot be asked", async () => {
    const { id, olds } = await created({ ...RUNNING, ps: [...[RUNNING.ps ?? {}].flat(), DOWN] });
    const read = await statusProvider.read(id, olds as never);
    expect(read.id).toBe("lago-test");
    expect(read.props).toMatchObject({
      ...INPUTS,
      running: false,
      services: [
        { name: "api", status: "Unknown", health: "", image: "getlago/api" },
        { name: "migrate", status: "Unknown", health: "" },
      ],
      logs: { api: "one\ntwo" },
    });
    expect(await statusProvider.diff(id, read.props, INPUTS)).toEqual({ changes: false });
  });

  it("warns that it is unknown, beside what Pulumi shows", async () => {
    const { id, olds } = await created({ ...RUNNING, ps: [...[RUNNING.ps ?? {}].flat(), DOWN] });
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await statusProvider.read(id, olds as never);
    const said = write.mock.calls.join("");
    write.mockRestore();
    expect(said).toMatch(
      /^warning: the status of project lago-test is unknown: .*`docker info`.*\n$/,
    );
  });

  it("says unknown without docker", async () => {
    const { id, olds } = await created();
    useNoDocker();
    const { props } = await statusProvider.read(id, olds as never);
    expect(props).toMatchObject({ services: [{ status: "Unknown" }, { status: "Unknown" }] });
  });
});
