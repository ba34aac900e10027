import { describe, expect, it } from "vitest";
import { parseHalfMade } from "../../../src/deployment/half-made.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, SMALL } from "../../support/sample.ts";

const LEFT = "abc\tcreated\ta3415ab0f57c_lago-test-api-1\n";

describe("what a killed compose leaves", () => {
  it.each([
    ["is one that never ran, with compose's interim name", LEFT, ["abc"]],
    ["is none that runs", "abc\trunning\ta3415ab0f57c_lago-test-api-1\n", []],
    ["is none that has ended", "abc\texited\ta3415ab0f57c_lago-test-api-1\n", []],
    ["is none that has its name already", "abc\tcreated\tlago-test-api-1\n", []],
    ["is none of another name", "abc\tcreated\ta3415ab0f57c_other-api-1\n", []],
    ["is nothing in an empty list", "\n", []],
  ])("%s", (_, text, ids) => {
    expect(parseHalfMade(text, "lago-test").map(({ id }) => id)).toEqual(ids);
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
