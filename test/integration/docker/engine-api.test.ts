/** Questions to an engine, on a socket of this machine and through docker. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import {
  createVolume,
  inspectImage,
  listContainers,
  listVolumes,
  projectContainers,
  removeVolume,
} from "../../../src/docker/engine-api.ts";
import { askEngine, type EngineCall } from "../../../src/docker/engine-request.ts";
import { containerLine, inspectAnswer } from "../../../testing/scripted-docker/answers.ts";
import {
  useFakeDocker,
  useNoDocker,
  useSocket,
} from "../../../testing/scripted-docker/fake-docker.ts";
import { errorOf } from "../../support/sample.ts";

const call: EngineCall = { engine: {}, purpose: "Looking" };
const DOWN = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at tcp://127.0.0.1:1" };

/** How often docker was started to speak to the engine. */
function dials({ home }: { readonly home: string }): number {
  const text = readFileSync(join(home, "..", "dials"), "utf8");
  return text.trim().split("\n").length;
}

describe.each(["through docker", "on a socket"])("an engine %s", (way) => {
  const use = async (script: Parameters<typeof useFakeDocker>[0] = {}) => {
    const docker = useFakeDocker(script);
    if (way === "on a socket") {
      await useSocket(docker);
    }
    return docker;
  };

  it("lists and inspects", async () => {
    await use({
      "container ls": { stdout: containerLine("api-id") + containerLine("db-id") },
      "container inspect": { stdout: inspectAnswer({ service: "api" }, { service: "db" }) },
    });
    expect((await listContainers(call)).map(({ Id }) => Id)).toEqual(["api-id", "db-id"]);
    const inspected = await projectContainers(call, "lago-test");
    expect(inspected.map((one) => (one as { Id: string }).Id)).toEqual(["api-id", "db-id"]);
  });

  it("makes and removes volumes", async () => {
    const docker = await use();
    await createVolume(call, "a", { x: "y=z" });
    await removeVolume(call, "a");
    expect(docker.call("volume create").args).toEqual([
      "volume",
      "create",
      "--label",
      "x=y=z",
      "a",
    ]);
    expect(docker.call("volume rm").args).toEqual(["volume", "rm", "--force", "a"]);
  });

  it("has no image that it does not have", async () => {
    await use({ "image inspect": { exitCode: 1, stderr: "Error: No such image: x" } });
    expect(await inspectImage(call, "x")).toBe(undefined);
  });

  it("does not answer a canceled call", async () => {
    await use({ "volume ls": { delayMs: 300 } });
    const error = await errorOf(listVolumes({ ...call, signal: AbortSignal.timeout(100) }));
    expect(error.kind).toBe("Canceled");
  });
});

describe("an engine through docker", () => {
  it("is reached by one docker for all questions, and by another after a failure", async () => {
    const docker = useFakeDocker({ "volume ls": [{}, DOWN, {}] });
    await Promise.all([listVolumes(call), listContainers(call), listContainers(call)]);
    expect(dials(docker)).toBe(1);
    expect((await errorOf(listVolumes(call))).kind).toBe("DaemonUnreachable");
    expect(await listVolumes(call)).toEqual([]);
    expect(dials(docker)).toBe(2);
  });

  it("fails for every question that waits, in docker's own words", async () => {
    useFakeDocker({ "volume ls": DOWN, "container ls": DOWN });
    const errors = await Promise.all(
      [listVolumes(call), listContainers(call), listVolumes(call)].map(errorOf),
    );
    for (const error of errors) {
      expect(error.kind).toBe("DaemonUnreachable");
      expect(error.message).toMatch(/^Looking failed: the Docker engine does not answer/);
    }
    expect(errors[0]?.message).toContain(DOWN.stderr);
  });

  it("is not reached without a docker program", async () => {
    useNoDocker();
    const error = await errorOf(listVolumes(call));
    expect(error.kind).toBe("DockerNotAvailable");
    expect(error.message).toContain("the docker program was not found");
  });
});

describe("an engine on a socket", () => {
  let server: Server;
  let answer: { status: number; body: string } | undefined;

  beforeEach(async () => {
    server = createServer((_request, response) => {
      if (answer !== undefined) {
        response.writeHead(answer.status).end(answer.body);
      }
    });
    const docker = useFakeDocker();
    const socket = join(docker.home, "engine.sock");
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    vi.stubEnv("DOCKER_HOST", `unix://${socket}`);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  });

  it("is told by its own words where it refuses", async () => {
    answer = { status: 500, body: JSON.stringify({ message: "no space left on device" }) };
    const error = await errorOf(listVolumes(call));
    expect(error).toMatchObject({ kind: "DiskFull" });
    expect(error.message).toContain("Error response from daemon: no space left on device");
  });

  it("shows nothing of an answer of another form", async () => {
    answer = { status: 200, body: JSON.stringify({ Volumes: [{ Secret: "hunter2" }] }) };
    const error = await errorOf(listVolumes(call));
    expect(error.kind).toBe("ParseError");
    expect(JSON.stringify(error) + error.message).not.toContain("hunter2");
  });

  it("hides the password of an address in its words", async () => {
    answer = { status: 500, body: JSON.stringify({ message: "proxy http://me:hunter2@p failed" }) };
    expect((await errorOf(listVolumes(call))).message).not.toContain("hunter2");
  });

  it("has a deadline", async () => {
    answer = undefined;
    const path = "/volumes";
    const error = await errorOf(askEngine({ ...call, timeoutMs: 200 }, { method: "GET", path }));
    expect(error.kind).toBe("DeadlineExceeded");
  });

  it("is out of reach where nothing listens", async () => {
    vi.stubEnv("DOCKER_HOST", "unix:///zbl-test-no-such.sock");
    const error = await errorOf(listVolumes(call));
    expect(error.kind).toBe("DaemonUnreachable");
    expect(error.message).toContain("unix:///zbl-test-no-such.sock");
  });
});
