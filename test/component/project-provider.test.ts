import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { DeploymentSpec } from "../../src/deployment/spec.ts";
import { type ProjectInputs, projectProvider } from "../../src/stack/project-provider.ts";
import { psLine, type Script, useFakeDocker, useNoDocker } from "../support/fake-docker.ts";
import { COMPOSE_FILE, LAGO_PATH, SMALL } from "../support/sample.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const PROVIDER = { __provider: "text" };

const SPEC: DeploymentSpec = {
  projectName: "lago-test",
  lagoPath: LAGO_PATH,
  variables: ["SECRET_KEY_BASE"],
};

const SERVICES = [
  { name: "api", oneShot: false },
  { name: "db", oneShot: false },
  { name: "migrate", oneShot: true },
];

const DOWN = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };

type Olds = Parameters<typeof projectProvider.check>[0];

/** Checks a spec for a stack that is new, or that had another one before. */
async function check(spec: object, before?: DeploymentSpec) {
  const olds = (before === undefined ? {} : { ...PROVIDER, spec: before }) as Olds;
  const result = await projectProvider.check(olds, { ...PROVIDER, spec: spec as DeploymentSpec });
  return {
    inputs: result.inputs as ProjectInputs & typeof PROVIDER,
    reasons: (result.failures ?? []).map(({ reason }) => reason),
  };
}

/** The state of a deployment that was started once. */
async function created(inputs: Partial<ProjectInputs> = {}) {
  const whole = { spec: SPEC, digest: "d", services: SERVICES, ...PROVIDER, ...inputs };
  const { id, outs } = await projectProvider.create(whole);
  // The engine keeps the provider's text beside what `create` returns.
  return { id, news: whole, olds: { ...outs, ...PROVIDER } };
}

describe("check", () => {
  it("adds what the files declare, and what they hold", async () => {
    useFakeDocker(SMALL);
    const { inputs, reasons } = await check(SPEC);
    expect(reasons).toEqual([]);
    expect(inputs).toEqual({
      ...PROVIDER,
      spec: SPEC,
      services: SERVICES,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("finds the same content the same, and another one another, wherever it is", async () => {
    useFakeDocker(SMALL);
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-lago-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "compose.yaml");
    copyFileSync(COMPOSE_FILE, file);
    const digest = async (spec: DeploymentSpec) => (await check(spec)).inputs.digest;
    const original = await digest(SPEC);
    expect(await digest({ ...SPEC, lagoPath: folder })).toBe(original);
    writeFileSync(file, "services: {}\n");
    expect(await digest({ ...SPEC, lagoPath: folder })).not.toBe(original);
  });

  it("tells where one file ends and the next begins", async () => {
    useFakeDocker(SMALL);
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-lago-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const digest = async (a: string, b: string) => {
      writeFileSync(join(folder, "a.yml"), a);
      writeFileSync(join(folder, "b.yml"), b);
      const composeFiles = ["a.yml", "b.yml"];
      return (await check({ ...SPEC, lagoPath: folder, composeFiles })).inputs.digest;
    };
    expect(await digest("one", "two")).not.toBe(await digest("onet", "wo"));
  });

  it.each<[string, object, string, Script?]>([
    ["a missing path", { lagoPath: "/zbl-test/missing" }, "PathNotFound: "],
    ["a missing file", { composeFiles: ["x.yml"] }, "ComposeFileNotFound: "],
    ["a name that is none", { projectName: "Bad Name" }, "InvalidProjectName: "],
    ["a port that is none", { ports: { api: 0 } }, "InvalidConfig: ports.api: "],
    ["a setting that there is none of", { typo: 1 }, "InvalidConfig: typo: no such setting"],
    [
      "a variable that is missing",
      { variables: [] },
      "InvalidConfig: environment.SECRET_KEY_BASE: set it",
    ],
    [
      "files that compose cannot read",
      {},
      "ComposeFileInvalid: ",
      { config: { exitCode: 15, stderr: "yaml: line 2" } },
    ],
    ["compose that is too old", {}, "ComposeTooOld: ", { version: { stdout: "2.17.3" } }],
  ])("refuses %s before anything is touched", async (_, change, reason, script = {}) => {
    const docker = useFakeDocker({ ...SMALL, ...script });
    const { reasons } = await check({ ...SPEC, ...change });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain(reason);
    const touching = ["up", "down", "pull", "restart", "volume create"];
    expect(docker.calls().filter(({ verb }) => touching.includes(verb))).toEqual([]);
  });

  it("refuses to work without docker", async () => {
    useNoDocker();
    const { reasons } = await check(SPEC);
    expect(reasons).toEqual([expect.stringContaining("DockerNotAvailable: ")]);
  });

  it("finds several faults in one go", async () => {
    useFakeDocker(SMALL);
    const faults = { ports: { api: 0 }, pullPolicy: "x", projectName: "Bad Name" };
    const { reasons } = await check({ ...SPEC, ...faults });
    expect(reasons).toHaveLength(3);
  });

  it("refuses another name for the same stack, and names both", async () => {
    useFakeDocker(SMALL);
    const { reasons } = await check({ ...SPEC, projectName: "renamed" }, SPEC);
    expect(reasons).toEqual([
      expect.stringMatching(/projectName.*"lago-test" to "renamed".*pulumi destroy/),
    ]);
    expect((await check(SPEC, SPEC)).reasons).toEqual([]);
  });

  it("says nothing of what is only known in the real run", async () => {
    const docker = useFakeDocker(SMALL);
    const { inputs, reasons } = await check({ ...SPEC, lagoPath: UNKNOWN });
    expect(reasons).toEqual([]);
    expect(inputs.spec.lagoPath).toBe(UNKNOWN);
    expect(docker.calls()).toEqual([]);
  });

  it("does not need the engine", async () => {
    useFakeDocker({ ...SMALL, ps: DOWN, "container ls": DOWN, "volume ls": DOWN });
    expect((await check(SPEC)).reasons).toEqual([]);
  });
});

describe("create and update", () => {
  it("begin with the first generation and no drift, and touch nothing", async () => {
    const docker = useFakeDocker();
    const { id, olds } = await created();
    expect(id).toBe("lago-test");
    expect(olds).toEqual({
      ...PROVIDER,
      spec: SPEC,
      digest: "d",
      services: SERVICES,
      generation: 1,
      drift: [],
    });
    expect(docker.calls()).toEqual([]);
  });

  it("keep the generation when a setting changes", async () => {
    const { id, olds, news } = await created();
    const changed = { ...news, spec: { ...SPEC, restartToken: "2" } };
    const { outs } = await projectProvider.update(id, olds, changed);
    expect(outs).toMatchObject({ generation: 1, drift: [], spec: { restartToken: "2" } });
    expect(outs).not.toHaveProperty("__provider");
  });

  it("return nothing that the state cannot hold", async () => {
    const spec = { ...SPEC, restartToken: undefined };
    const { id, olds, news } = await created({ spec });
    const { outs } = await projectProvider.update(id, olds, news);
    for (const outputs of [olds, outs]) {
      expect("restartToken" in (outputs as { spec: object }).spec).toBe(false);
    }
  });
});

describe("diff", () => {
  it("is none when nothing changed, in whatever order", async () => {
    const { id, olds, news } = await created();
    expect(await projectProvider.diff(id, olds, news)).toEqual({ changes: false });
    const { spec, ...rest } = news;
    const reordered = { spec: Object.fromEntries(Object.entries(spec).reverse()), ...rest };
    const same = reordered as typeof news;
    expect(await projectProvider.diff(id, olds, same)).toEqual({ changes: false });
  });

  it.each<[string, object]>([
    ["a setting", { spec: { ...SPEC, restartToken: "2" } }],
    ["a setting that is gone", { spec: { projectName: "lago-test" } }],
    ["the files", { digest: "other" }],
    ["the services", { services: SERVICES.slice(1) }],
    ["the provider's own text", { __provider: "newer" }],
  ])("sees a change of %s, and never asks for a replacement", async (_, change) => {
    const { id, olds, news } = await created();
    const diff = await projectProvider.diff(id, olds, { ...news, ...change });
    expect(diff).toEqual({ changes: true });
  });
});

const RUNNING = psLine("api") + psLine("db") + psLine("migrate", { State: "exited", Health: "" });

describe("read", () => {
  it("finds no drift where all is as declared", async () => {
    useFakeDocker({ ps: { stdout: RUNNING } });
    const { id, olds, news } = await created();
    const read = await projectProvider.read(id, olds);
    expect(read).toEqual({ id, props: olds });
    expect(await projectProvider.diff(id, read.props, news)).toEqual({ changes: false });
  });

  it("finds drift once, and the next update heals it with one more generation", async () => {
    useFakeDocker({ ps: [{ stdout: psLine("db") }, { stdout: RUNNING }] });
    const { id, olds, news } = await created();
    const drifted = await projectProvider.read(id, olds);
    expect(drifted.props).toMatchObject({ drift: ["api is missing"], generation: 1 });
    expect(await projectProvider.diff(id, drifted.props, news)).toEqual({ changes: true });

    const { outs } = await projectProvider.update(id, drifted.props, news);
    expect(outs).toMatchObject({ drift: [], generation: 2 });

    const healed = await projectProvider.read(id, { ...outs, ...PROVIDER });
    expect(healed.props).toMatchObject({ drift: [], generation: 2 });
    expect(await projectProvider.diff(id, healed.props, news)).toEqual({ changes: false });
  });

  it.each<[string, Script]>([
    ["is down", { ps: DOWN }],
    ["answers nonsense", { ps: { stdout: "<html>" } }],
  ])("drops nothing and changes nothing when the engine %s", async (_, script) => {
    useFakeDocker(script);
    const { id, olds, news } = await created();
    const read = await projectProvider.read(id, olds);
    expect(read).toEqual({ id, props: olds });
    expect(await projectProvider.diff(id, read.props, news)).toEqual({ changes: false });
  });

  it("drops nothing without docker", async () => {
    useNoDocker();
    const { id, olds } = await created();
    expect(await projectProvider.read(id, olds)).toEqual({ id, props: olds });
  });

  it("keeps drift that was seen before while the engine cannot be asked", async () => {
    useFakeDocker({ ps: [{ stdout: psLine("db") }, DOWN] });
    const { id, olds } = await created();
    const { props } = await projectProvider.read(id, olds);
    expect(await projectProvider.read(id, props)).toEqual({ id, props });
    expect(props).toMatchObject({ drift: ["api is missing"] });
  });

  it("needs no folder and no file any more", async () => {
    useFakeDocker({ ps: { stdout: RUNNING } });
    const { id, olds } = await created({ spec: { ...SPEC, lagoPath: "/zbl-test/gone" } });
    expect((await projectProvider.read(id, olds)).props).toMatchObject({ drift: [] });
  });
});
