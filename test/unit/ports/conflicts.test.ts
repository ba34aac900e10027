import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { effectivePorts, portClaims } from "../../../src/ports/claims.ts";
import { findNameConflicts, findPortConflicts } from "../../../src/ports/conflicts.ts";
import { type HostContainer, parseHostContainers } from "../../../src/ports/containers.ts";
import { canListen, listenerOf, listenersIn } from "../../../src/ports/listeners.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
});

const listen = () =>
  new Promise<number>((resolve) => {
    const server = createServer();
    servers.push(server);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });

const container = (name: string, project: string | undefined, address: string, port: number) =>
  ({ id: name, name, project, ports: [{ address, port }] }) satisfies HostContainer;

const api = (port: number, address = "127.0.0.1") => ({ field: "ports.api", address, port });

describe("the host's containers", () => {
  it("are read with project, addresses and port ranges", () => {
    const line = JSON.stringify({
      ID: "4711",
      Names: "shop-web-1",
      Labels: "a=b,com.docker.compose.project=shop,x=1,2",
      Ports: "127.0.0.1:3000->3000/tcp, 0.0.0.0:80-81->80-81/tcp, [::]:80-81->80-81/tcp, 53/udp",
    });
    expect(parseHostContainers(`${line}\nno json\n`)).toEqual([
      {
        id: "4711",
        name: "shop-web-1",
        project: "shop",
        ports: [
          { address: "127.0.0.1", port: 3000 },
          { address: "0.0.0.0", port: 80 },
          { address: "0.0.0.0", port: 81 },
          { address: "::", port: 80 },
          { address: "::", port: 81 },
        ],
      },
    ]);
  });
});

describe("a port that is wanted", () => {
  const ownPorts = async () => new Set<number>();
  const host = (...containers: HostContainer[]) => ({ containers, local: false, ownPorts });

  it.each([
    [
      "of another project",
      container("shop-web-1", "shop", "0.0.0.0", 3000),
      "shop-web-1 of project shop",
    ],
    ["of no project", container("web", undefined, "127.0.0.1", 3000), "container web"],
  ])("is refused when held by a container %s", async (_, holder, owner) => {
    const [conflict] = await findPortConflicts("lago", [api(3000)], host(holder));
    expect(conflict?.field).toBe("ports.api");
    expect(conflict?.message).toContain(owner);
  });

  it("is free when held by the project itself, or on another address", async () => {
    const own = container("lago-api-1", "lago", "127.0.0.1", 3000);
    const elsewhere = container("web", undefined, "10.0.0.1", 3000);
    expect(await findPortConflicts("lago", [api(3000)], host(own))).toEqual([]);
    expect(await findPortConflicts("lago", [api(3000)], host(elsewhere))).toEqual([]);
  });

  it("cannot serve api and front at once", async () => {
    const claims = [api(3000), { field: "ports.front", address: "127.0.0.1", port: 3000 }];
    const conflicts = await findPortConflicts("lago", claims, host());
    expect(conflicts).toEqual([
      { field: "ports.front", message: "port 3000 is wanted for ports.api as well" },
    ]);
  });

  it("is refused when a program of this machine listens there, by the program's name", async () => {
    const port = await listen();
    const local = { ...host(), local: true };
    expect(await canListen("127.0.0.1", port)).toBe(false);
    const [conflict] = await findPortConflicts("lago", [api(port)], local);
    expect(conflict?.message).toContain(`port ${port} is held by`);
    if (process.platform === "linux") {
      expect(await listenerOf(port)).toContain(`(process ${process.pid})`);
    }
    expect(await findPortConflicts("lago", [api(port)], host())).toEqual([]);
  });

  it("is free when a container of the project, which docker is restarting, listens there", async () => {
    const port = await listen();
    const local = { ...host(), local: true, ownPorts: async () => new Set([port]) };
    expect(await findPortConflicts("lago", [api(port)], local)).toEqual([]);
  });

  it("is told from the kernel's table by port and state", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1",
      "   1: 0100007F:0BB8 0100007F:C0DE 01 00000000:00000000 00:00000000 00000000     0        0 4712 1",
    ].join("\n");
    expect(listenersIn(table, 3000)).toEqual(new Set(["4711"]));
    expect(listenersIn(table, 3001)).toEqual(new Set());
  });
});

describe("a container name that is wanted", () => {
  it("is refused when a container of another project has it", () => {
    const foreign = container("lago-api-1", undefined, "", 0);
    expect(findNameConflicts("lago", ["lago-api-1", "lago-db-1"], [foreign])).toHaveLength(1);
    expect(findNameConflicts("lago", ["lago-db-1"], [foreign])).toEqual([]);
    expect(findNameConflicts("lago", ["lago-api-1"], [{ ...foreign, project: "lago" }])).toEqual(
      [],
    );
  });
});

describe("the ports of a deployment", () => {
  const model = (publishesPorts: boolean) => ({
    services: ["api", "front"].map((name) => ({
      name,
      image: undefined,
      containerName: undefined,
      publishesPorts,
      hasHealthCheck: false,
      oneShot: false,
      definition: {},
    })),
    variables: [],
    requiredVariables: [],
  });

  it("are as given, else as Lago's variables say, else Lago's own on this host only", () => {
    expect(effectivePorts(model(true))).toEqual({ api: 3000, front: 80, address: "127.0.0.1" });
    const variables = { API_PORT: "3100", FRONT_PORT: "8100" };
    expect(effectivePorts(model(true), { front: 81 }, variables)).toEqual({
      api: 3100,
      front: 81,
      address: "127.0.0.1",
    });
  });

  it("stay unpublished behind a reverse proxy of the files, unless given", () => {
    expect(portClaims(effectivePorts(model(false)))).toEqual([]);
    expect(portClaims(effectivePorts(model(false), { api: 3100 }))).toEqual([
      { field: "ports.api", address: "127.0.0.1", port: 3100 },
    ]);
  });
});
