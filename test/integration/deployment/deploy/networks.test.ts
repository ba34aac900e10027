/** Networks, volumes and files that a start would miss, or that others have. */
import { describe, expect, it } from "vitest";
import { deploy } from "../../../../src/deployment/deploy.ts";
import type { Script } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker, useSocket } from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, errorOf, SMALL } from "../../../support/sample.ts";

/** An engine with these networks, and files whose api is on the two that they declare. */
function engineWith(...existing: readonly string[]): Script {
  const { services } = JSON.parse((SMALL.config as { stdout: string }).stdout);
  const networks = {
    default: { name: "lago-test_default" },
    proxy: { name: "proxy", external: true },
    unused: { name: "unused", external: true },
  };
  const api = { ...services.api, networks: { default: null, proxy: null } };
  return {
    ...SMALL,
    config: { stdout: JSON.stringify({ services: { ...services, api }, networks }) },
    "network ls": { stdout: existing.map((line) => `id\t${line}\n`).join("") },
  };
}

describe("a start", () => {
  it("is refused where the external network is not there", async () => {
    const docker = useFakeDocker(engineWith("bridge\t", "lago-test_default\tlago-test"));
    const { kind, issues } = await errorOf(deploy(deploymentOf()));
    expect({ kind, issues }).toEqual({
      kind: "NetworkNotFound",
      issues: [
        {
          field: "networks.proxy",
          message:
            "the network proxy is external and not there; make it (`docker network create proxy`), or take `external` away, then run the same command again",
        },
      ],
    });
    expect(docker.calls("pull")).toEqual([]);
  });

  it("is refused where another project has the network of its name", async () => {
    const docker = useFakeDocker(engineWith("proxy\t", "lago-test_default\tshop"));
    const { kind, message } = await errorOf(deploy(deploymentOf()));
    expect(kind).toBe("PortTaken");
    expect(message).toContain(
      "networks.default: the network lago-test_default is there and belongs to project shop",
    );
    expect(docker.calls("pull")).toEqual([]);
  });
});

/** Compose's view of files whose api mounts these, and whose top level has these volumes. */
function filesWith(mounts: readonly object[], volumes: object = {}, more: Script = {}): Script {
  const { services } = JSON.parse((SMALL.config as { stdout: string }).stdout);
  const api = { ...services.api, volumes: mounts };
  return {
    ...SMALL,
    config: { stdout: JSON.stringify({ services: { ...services, api }, volumes }) },
    ...more,
  };
}

const DATA = { type: "volume", source: "data", target: "/data" };
const CERTS = { type: "bind", source: "/nowhere/certs", target: "/certs" };
const LOCKED = { ...CERTS, bind: { create_host_path: false } };

describe("a start whose files need what is not there", () => {
  it("is refused where an external volume is missing", async () => {
    const external = { data: { name: "shared-data", external: true } };
    const docker = useFakeDocker(filesWith([DATA], external));
    const { kind, issues } = await errorOf(deploy(deploymentOf()));
    expect(kind).toBe("VolumeNotFound");
    expect(issues).toEqual([
      {
        field: "volumes.data",
        message: expect.stringMatching(
          /the volume shared-data is external and not there; .*`docker volume create shared-data`/,
        ),
      },
    ]);
    expect(docker.calls("pull")).toEqual([]);
  });

  it("goes on where the external volume is there, whoever made it", async () => {
    const external = { data: { name: "shared-data", external: true } };
    const there = { "volume ls": { stdout: "shared-data\t\t\n" }, pull: { exitCode: 1 } };
    useFakeDocker(filesWith([DATA], external, there));
    expect((await errorOf(deploy(deploymentOf()))).kind).toBe("CommandFailed");
  });

  it("is refused for a missing mount where the engine has the files of this machine", async () => {
    const docker = useFakeDocker(
      filesWith([LOCKED], {}, { "info --format": { stdout: "id host /" } }),
    );
    await useSocket(docker);
    const { kind, issues } = await errorOf(deploy(deploymentOf()));
    expect(kind).toBe("MountFailed");
    expect(issues).toEqual([
      {
        field: "services.api.volumes",
        message: expect.stringContaining("mounts /nowhere/certs, which is not there"),
      },
    ]);
    expect(docker.calls("pull")).toEqual([]);
  });

  it("is not judged by the files of another machine, or from inside a container", async () => {
    const pull = { exitCode: 1 };
    useFakeDocker(filesWith([LOCKED], {}, { pull }));
    expect((await errorOf(deploy(deploymentOf()))).kind).toBe("CommandFailed");
    const inside = useFakeDocker(
      filesWith([LOCKED], {}, { "info --format": { stdout: "id host /nowhere/docker" }, pull }),
    );
    await useSocket(inside);
    expect((await errorOf(deploy(deploymentOf()))).kind).toBe("CommandFailed");
  });

  it("is refused for everything at once, by the kind of the first fault", async () => {
    const external = { data: { name: "shared-data", external: true } };
    const script = filesWith([DATA, LOCKED], external, {
      "info --format": { stdout: "id host /" },
    });
    await useSocket(useFakeDocker(script));
    const { kind, message, issues } = await errorOf(deploy(deploymentOf()));
    expect(kind).toBe("VolumeNotFound");
    expect(issues.map(({ field }) => field)).toEqual(["volumes.data", "services.api.volumes"]);
    expect(message).toMatch(
      /^Project lago-test was not started, for 2 reasons\. Nothing was touched:\n {2}volumes\.data: .*\n {2}services\.api\.volumes: /,
    );
  });

  it("warns of a file that would be a folder", async () => {
    const conf = "/nowhere/nginx.conf";
    const mount = { type: "bind", source: conf, target: "/etc/nginx.conf" };
    const short = { ...mount, bind: { create_host_path: true } };
    const script = filesWith(
      [short],
      {},
      { "info --format": { stdout: "id host /" }, pull: { exitCode: 1 } },
    );
    await useSocket(useFakeDocker(script));
    const told: string[] = [];
    const onProgress = ({ message }: { message: string }) => told.push(message);
    await errorOf(deploy(deploymentOf({ onProgress })));
    expect(told.join("\n")).toMatch(
      /warning: services\.api\.volumes mounts \/nowhere\/nginx\.conf as a file, which is missing or a folder/,
    );
  });
});
