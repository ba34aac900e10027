import { describe, expect, it } from "vitest";
import { deployStatusOf } from "../../../src/deployment/inspected-status.ts";
import { deployStatus } from "../../../src/deployment/status.ts";
import { parsePs } from "../../../src/docker/compose-ps.ts";
import { containerDetails } from "../../../src/docker/container-details.ts";
import { parseContainers } from "../../../src/docker/engine-api.ts";

/** One container, as a test describes the engine's view. */
interface Given {
  readonly service: string;
  readonly name?: string;
  readonly state?: string;
  readonly health?: string;
  readonly exitCode?: number;
  readonly ports?: readonly (readonly [ip: string, host: number, target: number, type?: string])[];
  readonly labels?: Readonly<Record<string, string>>;
}

const HASH = { "com.docker.compose.config-hash": "0a" };

function labelsOf({ service, labels = {} }: Given): Record<string, string> {
  return { "com.docker.compose.service": service, ...HASH, ...labels };
}

/** The container as the engine's API inspects it. */
function inspection(given: Given) {
  const { service, name = `lago-${service}-1`, state = "running", health, exitCode = 0 } = given;
  const ports: Record<string, { HostIp: string; HostPort: string }[] | null> = {
    "9999/tcp": null,
  };
  for (const [HostIp, host, target, type = "tcp"] of given.ports ?? []) {
    const key = `${target}/${type}`;
    ports[key] = [...(ports[key] ?? []), { HostIp, HostPort: String(host) }];
  }
  return {
    Id: `${name}-id`,
    Name: `/${name}`,
    Image: "sha256:0",
    Config: { Image: `getlago/${service}`, Labels: labelsOf(given), Env: null },
    State: {
      Status: state,
      ExitCode: exitCode,
      StartedAt: "2026-01-01T00:00:00Z",
      ...(health === undefined ? {} : { Health: { Status: health, Log: [] } }),
    },
    HostConfig: { RestartPolicy: { Name: "no" } },
    NetworkSettings: { Ports: ports },
  };
}

/** The container's line of `docker compose ps`, made as pkg/compose/ps.go makes it. */
function line(given: Given): string {
  const { service, name = `lago-${service}-1`, state = "running", health, exitCode = 0 } = given;
  return JSON.stringify({
    ID: `${name}-id`,
    Name: name,
    Service: service,
    State: state,
    Health: state === "running" ? (health ?? "") : "",
    ExitCode: state === "exited" || state === "dead" ? exitCode : 0,
    Image: `getlago/${service}`,
    Labels: Object.entries(labelsOf(given))
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
    Publishers: [
      { URL: "", TargetPort: 9999, PublishedPort: 0, Protocol: "tcp" },
      ...(given.ports ?? []).map(([URL, PublishedPort, TargetPort, Protocol = "tcp"]) => ({
        ...{ URL, PublishedPort, TargetPort, Protocol },
      })),
    ],
  });
}

describe("the status of inspected containers", () => {
  it.each<[string, Given[]]>([
    ["no container", []],
    [
      "every state",
      [...["running", "exited", "dead", "created", "restarting", "paused", "removing"]].map(
        (state) => ({ service: state, state, exitCode: state === "created" ? 0 : 7 }),
      ),
    ],
    [
      "health of running and of ended containers",
      [
        { service: "a", health: "healthy" },
        { service: "b", health: "starting" },
        { service: "c", health: "unhealthy" },
        { service: "d", health: "unhealthy", state: "exited", exitCode: 1 },
        { service: "e", health: "healthy", state: "paused" },
      ],
    ],
    [
      "replicas and services, in another order",
      [
        { service: "api-worker" },
        { service: "api", name: "lago-api-2", state: "exited" },
        { service: "api", name: "lago-api-10" },
        { service: "api", name: "lago-api-1" },
      ],
    ],
    [
      "ports of both versions of IP, of addresses and of UDP",
      [
        {
          service: "front",
          ports: [
            ["0.0.0.0", 8080, 80],
            ["::", 8080, 80],
            ["127.0.0.1", 10_443, 443],
            ["127.0.0.1", 9_443, 443],
            ["::1", 53, 53, "udp"],
            ["", 7000, 7000],
          ],
        },
      ],
    ],
    ["a stand-in", [{ service: "db", labels: { "z-billing-lago.stand-in": "postgres" } }]],
    [
      "containers of `docker compose run`",
      [
        { service: "api", name: "run", labels: { "com.docker.compose.oneoff": "True" } },
        { service: "db", labels: { "com.docker.compose.oneoff": "False" } },
      ],
    ],
  ])("equals that of `docker compose ps`: %s", (_, given) => {
    const expected = deployStatus(parsePs(given.map(line).join("\n")));
    expect(deployStatusOf(containerDetails(parseContainers(given.map(inspection))))).toEqual(
      expected,
    );
  });

  it("leaves out a container that compose did not make, as `ps` does", () => {
    const { Config, ...rest } = inspection({ service: "api" });
    const Labels = { "com.docker.compose.service": "api" };
    const made = { ...rest, Config: { ...Config, Labels } };
    expect(deployStatusOf(containerDetails(parseContainers([made]))).containers).toEqual([]);
  });
});
