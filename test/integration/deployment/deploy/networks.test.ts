/** Networks that a start would miss, or that others have. */
import { describe, expect, it } from "vitest";
import { deploy } from "../../../../src/deployment/deploy.ts";
import type { Script } from "../../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
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
      kind: "InvalidConfig",
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
