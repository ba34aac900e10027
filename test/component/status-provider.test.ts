import { beforeEach, describe, expect, it, vi } from "vitest";
import { clearSnapshots } from "../../src/pulumi/stack/refresh-snapshot.ts";
import { statusProvider } from "../../src/pulumi/stack/status-provider.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
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

/** A container of the project, as the engine inspects it. */
const container = (service: string, { Config = {}, ...parts }: Parts = {}) => ({
  ...{ Id: `${service}-id`, Name: `/lago-test-${service}-1`, Image: "", HostConfig: {} },
  State: { Status: "running", ExitCode: 0 },
  ...parts,
  Config: {
    Image: `getlago/${service}`,
    ...Config,
    Labels: {
      "com.docker.compose.project": "lago-test",
      "com.docker.compose.service": service,
      "com.docker.compose.config-hash": "hash",
      ...Config.Labels,
    },
  },
});

interface Parts {
  readonly [part: string]: unknown;
  readonly Config?: { readonly Labels?: object; readonly Env?: readonly string[] };
}

/** An engine with these containers, whose logs are these texts in turn. */
function engineWith(
  containers: readonly ReturnType<typeof container>[],
  ...logs: readonly string[]
): Script {
  const listed = containers.map(({ Id, Name, Config: { Labels } }) =>
    JSON.stringify({ ID: Id, Names: Name.slice(1), Labels }),
  );
  return {
    "container ls": { stdout: listed.join("\n") },
    "container inspect": { stdout: JSON.stringify(containers) },
    "container logs": logs.map((stdout) => ({ stdout })),
  };
}

const API = container("api", {
  Image: API_IMAGE,
  State: { Status: "running", ExitCode: 0, Health: { Status: "healthy" } },
  Config: { Labels: { "z-billing-lago.stand-in": "api" } },
  NetworkSettings: { Ports: { "3000/tcp": [{ HostIp: "127.0.0.1", HostPort: "4000" }] } },
});
const MIGRATE = container("migrate", { State: { Status: "exited", ExitCode: 3 } });
const volumeLine = (Name: string) =>
  `${JSON.stringify({ Name, Labels: { "com.docker.compose.project": "lago-test" } })}\n`;

const RUNNING: Script = {
  ...engineWith([API, MIGRATE], "\u001b[2K\u001b[31mone\r\ntwo\n", "three\n"),
  "volume ls": { stdout: volumeLine("lago-test_b") + volumeLine("lago-test_a") },
  "image ls": { stdout: `getlago/api\tv1\t${API_DIGEST}\t${API_IMAGE}\n` },
  "image inspect": { stdout: `${API_IMAGE} ["getlago/api@${API_DIGEST}"]\n` },
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
      ready: true,
      services: [
        {
          name: "api",
          index: 1,
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
          index: 1,
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
      ...["container inspect", "container logs", "container ls", "image inspect", "image ls"],
      ...["network ls", "volume ls"],
    ]);
    expect(docker.calls("container logs").map(({ args }) => args.slice(2))).toEqual([
      ["--tail", "5", "api-id"],
      ["--tail", "5", "migrate-id"],
    ]);
  });

  it("hides the secrets of the containers in the logs", async () => {
    const secret = "Vq7Zt2Lm9Xc4Rb8Kd3Wp";
    const api = container("api", { Config: { Env: [`SECRET_KEY_BASE=${secret}`] } });
    const { olds } = await created(engineWith([api], `${secret} Vq7Zt2Lm9X\nc4Rb8Kd3Wp`));
    expect(olds.logs).toEqual({ api: "[secret] [secret]\n[secret]" });
  });

  it("keeps no more of a log than the state should hold, and no control characters", async () => {
    const line = `${"\u0007é".repeat(200)}\n`;
    const { olds } = await created(engineWith([API], line.repeat(500)));
    const { api = "" } = olds.logs as Record<string, string>;
    expect(Buffer.byteLength(api)).toBeLessThanOrEqual(8 * 1024);
    expect(api).toMatch(/^é+(\né+)+$/);
  });

  it("shares what the state should hold among many services, each with its last lines", async () => {
    const workers = Array.from({ length: 40 }, (_, n) => container(`worker-${n}`));
    const lines = Array.from({ length: 50 }, (_, n) => `line ${n} ${"x".repeat(60)}\n`);
    const { olds } = await created(engineWith(workers, lines.join("")));
    const tails = Object.values(olds.logs as Record<string, string>);
    expect(tails).toHaveLength(40);
    expect(Buffer.byteLength(tails.join(""))).toBeLessThanOrEqual(16 * 1024);
    for (const tail of tails) {
      expect(tail).toMatch(/^line 4\d x+\n(.*\n)*line 49 x+$/);
    }
  });

  it("observes nothing where there is nothing", async () => {
    const { olds } = await created({});
    const services = [expect.objectContaining({ name: "api", index: 0, status: "Missing" })];
    expect(olds).toMatchObject({ running: false, ready: false, services, logs: {} });
  });

  it("is ready when all declared services are, with all of their replicas", async () => {
    const ready = async (inputs: object, ...services: string[]) => {
      useFakeDocker(
        engineWith(
          services.map((service) => container(service)),
          "",
        ),
      );
      const { outs } = await statusProvider.create({ ...INPUTS, ...inputs });
      return { ready: outs.ready, missing: outs.services.flatMap(missing) };
    };
    const missing = ({ name, status }: { name: string; status: string }) =>
      status === "Missing" ? [name] : [];
    const declared = ["api", "migrate", "pdf"];
    expect(await ready({ declared }, "api", "pdf")).toEqual({ ready: true, missing: [] });
    expect(await ready({ declared }, "api")).toEqual({ ready: false, missing: ["pdf"] });
    const replicas = { api: 2 };
    expect(await ready({ replicas }, "api")).toEqual({ ready: false, missing: [] });
    expect(await ready({ replicas }, "api", "api")).toEqual({ ready: true, missing: [] });
  });

  it.each<[string, Script]>([
    ["status", { ...RUNNING, "container ls": DOWN }],
    ["logs", { ...RUNNING, "container logs": DOWN }],
  ])("fails when the %s cannot be had", async (_, script) => {
    await expect(created(script)).rejects.toMatchObject({ kind: "DaemonUnreachable" });
  });
});

describe("update", () => {
  it("observes anew", async () => {
    const { id, olds } = await created({
      ...RUNNING,
      "container ls": [{}, ...[RUNNING["container ls"] ?? {}].flat()],
    });
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
  beforeEach(clearSnapshots);

  it("adds to a state of an earlier release that it is ready, which is no change", async () => {
    const { id, olds } = await created();
    const { ready: _, ...earlier } = olds as Record<string, unknown>;
    expect(await statusProvider.diff(id, earlier as never, INPUTS)).toEqual({ changes: false });
    const { props } = await statusProvider.read(id, earlier as never);
    expect(props).toMatchObject({ running: true, ready: true });
    expect(await statusProvider.diff(id, props, INPUTS)).toEqual({ changes: false });
  });

  it("observes anew and changes no input", async () => {
    const { id, olds } = await created({
      ...RUNNING,
      "container ls": [{}, ...[RUNNING["container ls"] ?? {}].flat()],
    });
    const read = await statusProvider.read(id, olds as never);
    expect(read).toMatchObject({ id, props: { ...INPUTS, running: true } });
    expect(await statusProvider.diff(id, read.props, INPUTS)).toEqual({ changes: false });
  });

  it("says unknown, and drops nothing, when the engine cannot be asked", async () => {
    const { id, olds } = await created({
      ...RUNNING,
      "container ls": [...[RUNNING["container ls"] ?? {}].flat(), DOWN],
    });
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
    const { id, olds } = await created({
      ...RUNNING,
      "container ls": [...[RUNNING["container ls"] ?? {}].flat(), DOWN],
    });
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
