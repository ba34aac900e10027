import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { HostContainer } from "../../../src/docker/host-containers.ts";
import { canListen, listenerOf } from "../../../src/observe/listeners.ts";
import { findNameConflicts, findPortConflicts } from "../../../src/ports/conflicts.ts";

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
