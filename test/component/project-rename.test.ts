/** What a preview says of another name, and of a wish to remove volumes. */
import { describe, expect, it } from "vitest";
import type { OptIns } from "../../src/pulumi/stack/project-faults.ts";
import { type ProjectInputs, projectProvider } from "../../src/pulumi/stack/project-provider.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";
import { SMALL } from "../support/sample.ts";
import { DOWN, PROVIDER, RUNNING, reasonsIn, SPEC, UNKNOWN, VOLUMES } from "./sample-project.ts";

type Inputs = ProjectInputs & typeof PROVIDER;

/** Checks the spec under another name than the stack had before, which was `lago-test`. */
async function check(projectName: string, optIns: OptIns = {}, script: Script = {}) {
  const docker = useFakeDocker({ ...SMALL, ...script });
  const before = { ...PROVIDER, spec: SPEC };
  const news: Inputs = { ...PROVIDER, spec: { ...SPEC, projectName }, optIns };
  const { failures } = await projectProvider.check(before, news);
  return { docker, reasons: reasonsIn(failures) };
}

describe("another name for the same stack", () => {
  it("is refused, with both names, the volumes and the way", async () => {
    const { docker, reasons } = await check("renamed", {}, { ...VOLUMES, ...RUNNING });
    expect(reasons).toHaveLength(1);
    const [reason = ""] = reasons;
    expect(reason).toMatch(/^InvalidProjectName: projectName: it cannot change/);
    expect(reason).toContain('from "lago-test" to "renamed"');
    expect(reason).toContain("begins EMPTY");
    expect(reason).toContain("1. stop the old one (`./zbl down --project lago-test`");
    expect(reason).toContain("--volume lago-test_pg:/from:ro --volume renamed_pg:/to");
    expect(reason).not.toContain("z-billing-lago-keys");
    expect(reason).toContain('allow it (allowProjectRename "lago-test") and deploy');
    expect(docker.calls().map(({ verb }) => verb)).not.toContain("volume create");
  });

  it("names the commands for the stack whose config it is", async () => {
    useFakeDocker({ ...VOLUMES, ...RUNNING });
    const { failures } = await projectProvider.check(
      { ...PROVIDER, spec: SPEC },
      { ...PROVIDER, spec: { ...SPEC, projectName: "renamed" }, stack: "prod" },
    );
    expect(reasonsIn(failures).join("\n")).toContain(
      "allow it (`./zbl set prod allowProjectRename lago-test`) and run `./zbl up prod`",
    );
  });

  it("is refused with another opt-in, or while nobody knows of the old one", async () => {
    expect((await check("renamed", { allowProjectRename: "renamed" }, VOLUMES)).reasons).toEqual([
      expect.stringContaining("begins EMPTY"),
    ]);
    const unknown = { "volume ls": DOWN };
    const allowed = { allowProjectRename: "lago-test" };
    expect((await check("renamed", allowed, unknown)).reasons).toEqual([
      expect.stringContaining('cannot be asked whether "lago-test" still has containers'),
    ]);
    expect((await check("renamed", {}, unknown)).reasons).toHaveLength(1);
  });

  it("is allowed by the old name, once the old project has no containers", async () => {
    const allowed = { allowProjectRename: "lago-test" };
    const running = await check("renamed", allowed, { ...VOLUMES, ...RUNNING });
    expect(running.reasons).toEqual([
      expect.stringContaining('"lago-test" still has containers, and nobody would look after them'),
    ]);
    expect((await check("renamed", allowed, VOLUMES)).reasons).toEqual([]);
  });

  it("is nothing that the same name and a new stack are asked about", async () => {
    expect((await check("lago-test")).reasons).toEqual([]);
    useFakeDocker(SMALL);
    const { failures } = await projectProvider.check({} as Inputs, { ...PROVIDER, spec: SPEC });
    expect(failures).toEqual([]);
  });
});

describe("a wish to remove volumes", () => {
  it("is refused unless it names the project, together with all else", async () => {
    expect((await check("lago-test", { removeVolumesOnDestroy: "lago-test" })).reasons).toEqual([]);
    expect((await check("lago-test", { removeVolumesOnDestroy: "true" })).reasons).toEqual([
      expect.stringMatching(
        /^InvalidConfig: removeVolumesOnDestroy: true does not say.* lago-test$/,
      ),
    ]);
    const both = await check("renamed", { removeVolumesOnDestroy: "lago-test" });
    expect(both.reasons).toEqual([
      expect.stringMatching(/^InvalidProjectName: /),
      expect.stringContaining('"lago-test" is not the project that is meant, "renamed"'),
    ]);
  });

  it("is left to the real run as long as it is not known", async () => {
    expect((await check("lago-test", { removeVolumesOnDestroy: UNKNOWN })).reasons).toEqual([]);
  });
});
