import { describe, expect, it } from "vitest";
import { bindingsOf } from "../../../src/docker/bindings.ts";
import { parseContainers } from "../../../src/docker/engine-api.ts";

const LABELS = {
  "com.docker.compose.project": "lago-dev",
  "com.docker.compose.service": "api",
};
const at = (HostPort: string, HostIp = "127.0.0.1") => ({ HostIp, HostPort });
/** A container as the engine inspects it, of which a test names the parts that count. */
function inspected({ state, labels, declared, actual }: Parts) {
  return {
    Id: "1",
    State: { Status: state },
    Config: { Labels: labels },
    HostConfig: { PortBindings: declared },
    NetworkSettings: { Ports: actual },
  };
}
interface Parts {
  readonly state?: string;
  readonly labels?: object | null;
  readonly declared?: object;
  readonly actual?: object | null;
}
const parsed = (...containers: Parts[]) =>
  parseContainers(containers.map(inspected)).flatMap(bindingsOf);
const hostPorts = (...containers: Parts[]) => parsed(...containers).map((one) => one.hostPort);

describe("the ports that containers publish", () => {
  it("are read with project and service, of a container that runs once each", () => {
    const both = { "3000/tcp": [at("21001")] };
    expect(
      parsed({
        ...{ state: "running", labels: LABELS, declared: both },
        actual: { ...both, "9000/tcp": null },
      }),
    ).toEqual([
      { project: "lago-dev", service: "api", containerPort: 3000, hostPort: 21_001, lives: true },
    ]);
  });

  it("are those that a stopped container will have again", () => {
    expect(parsed({ labels: {}, declared: { "80/tcp": [at("21002")] }, actual: {} })).toEqual([
      { project: undefined, service: undefined, containerPort: 80, hostPort: 21_002, lives: false },
    ]);
  });

  it("are those that a container in a crash loop will have again by itself", () => {
    const declared = { "80/tcp": [at("21002")] };
    expect(parsed({ state: "restarting", declared, actual: {} })).toMatchObject([{ lives: true }]);
    expect(parsed({ state: "exited", declared, actual: {} })).toMatchObject([{ lives: false }]);
  });

  it("are one for several addresses, and all of a range", () => {
    const wide = [at("8080", "0.0.0.0"), at("8080", "::")];
    expect(hostPorts({ labels: null, declared: { "80/tcp": wide }, actual: null })).toEqual([8080]);
    expect(hostPorts({ declared: { "80/tcp": [at("8000-8002")] } })).toEqual([8000, 8001, 8002]);
  });

  it("are the ones that docker chose, where it was to choose", () => {
    const declared = { "80/tcp": [at("")], "81/tcp": [at("0")] };
    expect(hostPorts({ declared, actual: {} })).toEqual([]);
    expect(hostPorts({ declared, actual: { "80/tcp": [at("32768")] } })).toEqual([32_768]);
  });

  it("are of TCP", () => {
    expect(hostPorts({ declared: { "53/udp": [at("53")] } })).toEqual([]);
  });
});
