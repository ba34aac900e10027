import { describe, expect, it } from "vitest";
import { ComposeProject } from "../../../src/deployment/project.ts";
import { withImages } from "../../../src/deployment/status-images.ts";
import { psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { errorOf } from "../../support/sample.ts";

const id = (digit: string) => `sha256:${digit.repeat(64)}`;

const RUNNING: Script = {
  ps: {
    stdout:
      psLine("api", { Image: "registry.example.com:5000/getlago/api:v1.50.0" }) +
      psLine("front", { Image: "getlago/front:v1.50.0" }) +
      psLine("redis", { Image: `redis@${id("e")}` }),
  },
  "container inspect": {
    stdout: JSON.stringify(
      ["api", "front", "redis"].map((service, n) => ({
        Id: `${service}-id`,
        Image: id(String(n)),
        State: {},
        HostConfig: {},
      })),
    ),
  },
  "image inspect": {
    stdout: [
      `${id("0")} ["getlago/api@${id("c")}","registry.example.com:5000/getlago/api@${id("d")}"]`,
      `${id("1")} []`,
      `${id("2")} ["redis@${id("e")}"]`,
    ].join("\n"),
  },
};

const statusWithImages = async () => {
  const project = new ComposeProject("lago-test");
  return await withImages(project, await project.status());
};

describe("the status with images", () => {
  it("tells the very image of each container, and its digest in its own registry", async () => {
    useFakeDocker(RUNNING);
    const { containers } = await statusWithImages();
    expect(containers.map(({ imageId, imageDigest }) => [imageId, imageDigest])).toEqual([
      [id("0"), id("d")],
      [id("1"), ""],
      [id("2"), id("e")],
    ]);
  });

  it("asks for no image where there is no container", async () => {
    const docker = useFakeDocker();
    expect((await statusWithImages()).containers).toEqual([]);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["ps"]);
  });

  it("goes without digests where an image was removed meanwhile", async () => {
    const gone = { exitCode: 1, stderr: `Error response from daemon: No such image: ${id("0")}` };
    useFakeDocker({ ...RUNNING, "image inspect": gone });
    const { containers } = await statusWithImages();
    expect(containers.map(({ imageDigest }) => imageDigest)).toEqual(["", "", ""]);
    expect(containers[0]?.imageId).toBe(id("0"));
  });

  it("fails where docker cannot be asked", async () => {
    useFakeDocker({
      ...RUNNING,
      "image inspect": { exitCode: 1, stderr: "Cannot connect to the Docker daemon" },
    });
    const error = await errorOf(statusWithImages());
    expect(error.kind).toBe("DaemonUnreachable");
  });
});
