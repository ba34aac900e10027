import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { DeploymentSpec } from "../../src/spec/spec.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker, useNoDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { COMPOSE_FILE, SMALL } from "../support/sample.ts";
import { DOWN, PORTS, PROVIDER, reasonsIn, SPEC, UNKNOWN } from "./sample-project.ts";

type Olds = Parameters<typeof projectProvider.check>[0];

/** Checks a spec for a stack that is new, or that had another one before. */
async function check(spec: object, before?: DeploymentSpec) {
  const olds = (before === undefined ? {} : { ...PROVIDER, spec: before }) as Olds;
  const result = await projectProvider.check(olds, { ...PROVIDER, spec: spec as DeploymentSpec });
  return {
    inputs: result.inputs as ProjectInputs & typeof PROVIDER,
    reasons: reasonsIn(result.failures),
  };
}

describe("check", () => {
  it("adds where it is published, and what the files hold", async () => {
    useFakeDocker(SMALL);
    const { inputs, reasons } = await check(SPEC);
    expect(reasons).toEqual([]);
    expect(inputs).toEqual({
      ...PROVIDER,
      spec: SPEC,
      ports: PORTS,
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
    [
      "a pool of workers that there is none of",
      { workers: { event: { count: 2 } } },
      "InvalidConfig: workers.event: no such pool of workers. Did you mean workers.events?",
    ],
    [
      "a memory limit of a service that there is none of",
      { memoryLimits: { apii: "1g" } },
      "InvalidConfig: memoryLimits.apii: no such service. Did you mean memoryLimits.api?",
    ],
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
