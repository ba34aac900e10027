import { createServer, type Server } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { allocatePorts } from "../../../src/deployment/allocate-ports.ts";
import { DEFAULT_ENGINE } from "../../../src/docker/endpoint-settings.ts";
import { choosePorts } from "../../../src/ports/choose.ts";
import { bindingLine, containerLine } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker, useSocket } from "../../../testing/scripted-docker/fake-docker.ts";
import { errorOf } from "../../support/sample.ts";

const AUTO = { api: "auto", front: "auto" } as const;

/** The ports of a project that is alone on its host. */
const alone = (project: string) =>
  choosePorts({ project, wanted: AUTO, kept: {}, taken: new Set() }) as Required<
    ReturnType<typeof choosePorts>
  > & { api: number; front: number };

/** A fake docker with these containers, each by the line that `inspect` prints of it. */
function useContainers(...lines: string[]) {
  return useFakeDocker({
    "container ls": { stdout: lines.map((_, index) => containerLine(`id-${index}`)).join("") },
    "container inspect": { stdout: lines.join("") },
  });
}

async function listen(port: number, host: string): Promise<void> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen({ port, host }, resolve));
  onTestFinished(() => void server.close());
}

describe("allocation", () => {
  it("asks docker for nothing where the ports are given", async () => {
    const docker = useFakeDocker();
    const wanted = { api: 4000, front: undefined, address: "::1" };
    expect(await allocatePorts("zbl-given", wanted, DEFAULT_ENGINE)).toEqual(wanted);
    expect(docker.calls()).toEqual([]);
  });

  it("looks at all containers, stopped ones among them, in two calls", async () => {
    const docker = useContainers(bindingLine("shop", "web", 80, 8080));
    await allocatePorts("zbl-looks", AUTO, DEFAULT_ENGINE);
    expect(docker.calls().map(({ verb }) => verb)).toEqual(["container ls", "container inspect"]);
    expect(docker.call("container ls").args).toContain("--all");
    expect(docker.call("container inspect").args.at(-1)).toBe("id-0");
  });

  it("passes over the ports of other projects", async () => {
    const { api, front } = alone("zbl-passes");
    useContainers(bindingLine("shop", "web", 80, api), bindingLine(undefined, "db", 5432, front));
    const ports = await allocatePorts("zbl-passes", AUTO, DEFAULT_ENGINE);
    expect([api, front]).not.toContain(ports.api);
    expect([api, front]).not.toContain(ports.front);
  });

  it("keeps what containers of the project publish, and nothing else of theirs", async () => {
    useContainers(
      bindingLine("zbl-keeps", "api", 9394, 4394),
      bindingLine("zbl-keeps", "api", 3000, 4000),
      bindingLine("zbl-keeps", "front", 80, 4080),
    );
    expect(await allocatePorts("zbl-keeps", AUTO, DEFAULT_ENGINE)).toMatchObject({
      api: 4000,
      front: 4080,
    });
    expect(
      await allocatePorts("zbl-keeps", { api: 4080, front: "auto" }, DEFAULT_ENGINE),
    ).toMatchObject({
      api: 4080,
      front: alone("zbl-keeps").front,
    });
  });

  it.each(["127.0.0.1", "0.0.0.0"])("passes over what listens on %s of this host", async (host) => {
    const name = `zbl-listens-${host}`;
    const { api } = alone(name);
    await listen(api, host);
    const docker = useContainers();
    expect((await allocatePorts(`${name}`, AUTO, DEFAULT_ENGINE)).api).toBe(api);
    await useSocket(docker);
    const ports = await allocatePorts(name, AUTO, DEFAULT_ENGINE);
    expect(ports.api).not.toBe(api);
    expect(ports.front).toBe(alone(name).front);
  });

  it("keeps a port of the project's own that its container listens on", async () => {
    const { api, front } = alone("zbl-own");
    await listen(api, "127.0.0.1");
    await useSocket(useContainers(bindingLine("zbl-own", "api", 3000, api)));
    expect(await allocatePorts("zbl-own", AUTO, DEFAULT_ENGINE)).toMatchObject({ api, front });
  });

  it("gives two projects of one program different ports, which no container shows yet", async () => {
    const [one, other] = twins();
    expect(alone(one).api).toBe(alone(other).api);
    useContainers();
    const [a, b, again] = await Promise.all([
      allocatePorts(one, AUTO, DEFAULT_ENGINE),
      allocatePorts(other, AUTO, DEFAULT_ENGINE),
      allocatePorts(one, AUTO, DEFAULT_ENGINE),
    ]);
    expect(new Set([a.api, a.front, b.api, b.front]).size).toBe(4);
    expect(again).toEqual(a);
  });

  it("looks again when a container is removed between the two calls", async () => {
    const gone = { exitCode: 1, stderr: "Error response from daemon: No such container: id-0" };
    const line = bindingLine("zbl-removed", "api", 3000, 4001);
    const docker = useFakeDocker({
      "container ls": { stdout: containerLine("id-0") },
      "container inspect": [gone, { stdout: line }],
    });
    expect((await allocatePorts("zbl-removed", AUTO, DEFAULT_ENGINE)).api).toBe(4001);
    expect(docker.calls("container inspect")).toHaveLength(2);
  });

  it("fails when docker cannot be asked, and goes on with the next", async () => {
    const down = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };
    useFakeDocker({ "container ls": [down, {}] });
    const [failed, next] = [
      allocatePorts("zbl-down", AUTO, DEFAULT_ENGINE),
      allocatePorts("zbl-up", AUTO, DEFAULT_ENGINE),
    ];
    expect(await errorOf(failed)).toMatchObject({ kind: "DaemonUnreachable" });
    expect((await next).api).toBe(alone("zbl-up").api);
  });

  it("says so when no port is free", async () => {
    useContainers(bindingLine("shop", "web", 80, "20000-29999"));
    const error = await errorOf(allocatePorts("zbl-full", AUTO, DEFAULT_ENGINE));
    expect(error.kind).toBe("PortTaken");
    expect(error.issues).toEqual([
      { field: "ports.api", message: expect.stringContaining("from 20000 to 29999") },
    ]);
  });
});

/** Two projects that want the same port for the api. */
function twins(): [string, string] {
  const seen = new Map<number, string>();
  for (let index = 0; ; index += 1) {
    const name = `zbl-twin-${index}`;
    const { api } = alone(name);
    const twin = seen.get(api);
    if (twin !== undefined) {
      return [twin, name];
    }
    seen.set(api, name);
  }
}
