import { afterEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import type { LagoDeploymentOptions } from "../../../../src/deployment/options.ts";
import type { LagoConfig } from "../../../../src/lago/config/lago-config.ts";
import {
  bindingLine,
  containerLine,
  type Script,
} from "../../../../testing/scripted-docker/answers.ts";
import { type FakeDocker, useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SMALL, secretConfig } from "../../../support/sample.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A host on which the project's api is published already. */
const published = (port: number): Script => ({
  "container ls": { stdout: containerLine("id") },
  "container inspect": { stdout: bindingLine("lago-test", "api", 3000, port) },
});

async function start(options: LagoDeploymentOptions, config?: LagoConfig, script: Script = {}) {
  const docker = useFakeDocker({ ...SMALL, ...script });
  await deploymentOf(options, config).start();
  const { stdin, env } = docker.call("up");
  const [publication = ""] = parse(stdin, { logLevel: "silent" }).services.api.ports ?? [];
  return { port: Number(publication.split(":")[1]), env };
}

const looks = (docker: FakeDocker) => docker.calls("container ls").length;

describe("a port that is to be found", () => {
  it("is one that is free, and the public URL leads there", async () => {
    const { port, env } = await start({ ports: { api: "auto" } });
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(env.LAGO_API_URL).toBe(`http://localhost:${port}`);
    expect(env.LAGO_FRONT_URL).toBe("http://localhost:80");
  });

  it("is the one that the project's container has already", async () => {
    const { port, env } = await start({ ports: { api: "auto" } }, undefined, published(4001));
    expect(port).toBe(4001);
    expect(env.LAGO_API_URL).toBe("http://localhost:4001");
  });

  it("leaves a public URL that is given as it is", async () => {
    const apiUrl = "https://billing-api.example.com";
    const { env } = await start({ ports: { api: "auto" } }, secretConfig().withApiUrl(apiUrl));
    expect(env.LAGO_API_URL).toBe(apiUrl);
    const given = await start({ ports: { api: 4000 } });
    expect(given.env.LAGO_API_URL).toBe("http://localhost:3000");
  });

  it("is the same for one deployment, which looks once, however often it is asked", async () => {
    const docker = useFakeDocker({ ...SMALL, ...published(4001) });
    const deployment = deploymentOf({ ports: { api: "auto" } });
    const ports = await Promise.all([deployment.ports(), deployment.ports()]);
    expect(await deployment.ports()).toEqual(ports[0]);
    expect(ports[1]).toEqual({ api: 4001, address: "127.0.0.1" });
    expect(looks(docker)).toBe(1);
  });

  it("is looked for again after a failure", async () => {
    const down = { exitCode: 1, stderr: "Cannot connect to the Docker daemon at unix:///x" };
    useFakeDocker({ ...SMALL, "container ls": [down, {}] });
    const deployment = deploymentOf({ ports: { api: "auto" } });
    expect(await errorOf(deployment.ports())).toMatchObject({ kind: "DaemonUnreachable" });
    expect(await deployment.ports()).toMatchObject({ api: expect.any(Number) });
  });

  it("is not looked for, for a service that there is none of, or files that run as they are", async () => {
    const docker = useFakeDocker(SMALL);
    const none = { address: "127.0.0.1" };
    expect(await deploymentOf({ ports: { front: "auto" } }).ports()).toEqual(none);
    expect(await deploymentOf({ ports: { api: "auto" }, isolated: false }).ports()).toEqual(none);
    expect(looks(docker)).toBe(0);
  });
});
