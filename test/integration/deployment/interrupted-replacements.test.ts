import { describe, expect, it } from "vitest";
import { halfMadeAmong } from "../../../src/deployment/interrupted-replacements.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, SMALL } from "../../support/sample.ts";

const INTERIM = "a3415ab0f57c_lago-test-api-1";
const LEFT = `abc\tcreated\t${INTERIM}\n`;

describe("what a killed compose leaves", () => {
  it.each([
    ["is one that never ran, with compose's interim name", "created", INTERIM, ["abc"]],
    ["is none that runs", "running", INTERIM, []],
    ["is none that has ended", "exited", INTERIM, []],
    ["is none that has its name already", "created", "lago-test-api-1", []],
    ["is none of another name", "created", "a3415ab0f57c_other-api-1", []],
  ])("%s", (_, State, name, ids) => {
    const listed = [{ Id: "abc", State, Names: [`/${name}`] }];
    expect(halfMadeAmong(listed, "lago-test").map(({ id }) => id)).toEqual(ids);
  });

  it("goes before the next start, and nothing else does", async () => {
    const said: string[] = [];
    const docker = useFakeDocker({
      ...SMALL,
      "container ls": { stdout: LEFT },
      "container rm": {},
    });
    await deploymentOf({ onProgress: ({ message }) => said.push(message) }).start();
    expect(docker.call("container rm").args).toEqual(["container", "rm", "abc"]);
    const verbs = docker.calls().map(({ verb }) => verb);
    expect(verbs.indexOf("container rm")).toBeLessThan(verbs.indexOf("up"));
    expect(said.join()).toContain("half made: a3415ab0f57c_lago-test-api-1");
  });

  it("is looked for and not there in most cases", async () => {
    const docker = useFakeDocker(SMALL);
    await deploymentOf().start();
    expect(docker.calls("container rm")).toEqual([]);
    expect(docker.calls("up")).toHaveLength(1);
  });
});
