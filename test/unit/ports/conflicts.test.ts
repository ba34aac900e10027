import { describe, expect, it } from "vitest";
import type { HostContainer } from "../../../src/observe/host-containers.ts";
import {
  type Claim,
  findNameConflicts,
  portConflicts,
  unexplainedClaims,
} from "../../../src/ports/conflicts.ts";

const container = (name: string, project: string | undefined, address: string, port: number) =>
  ({ id: name, name, project, ports: [{ address, port }] }) satisfies HostContainer;

const api = (port: number, address = "127.0.0.1") => ({ field: "ports.api", address, port });

describe("a port that is wanted", () => {
  const host = (...containers: HostContainer[]) => ({
    ...{ containers, ownPorts: new Set<number>(), listeners: [] },
  });

  it.each([
    [
      "of another project",
      container("shop-web-1", "shop", "0.0.0.0", 3000),
      "shop-web-1 of project shop",
    ],
    ["of no project", container("web", undefined, "127.0.0.1", 3000), "container web"],
  ])("is refused when held by a container %s", (_, holder, owner) => {
    const [conflict] = portConflicts("lago", [api(3000)], host(holder));
    expect(conflict?.field).toBe("ports.api");
    expect(conflict?.message).toContain(owner);
  });

  it("has a command that finds a free one, where the settings are those of a stack", () => {
    const holder = container("web", undefined, "127.0.0.1", 3000);
    const [conflict] = portConflicts("lago", [api(3000)], host(holder), "prod");
    expect(conflict?.message).toBe(
      "port 3000 is held by container web; free it, or have a free one chosen: `./zbl set prod ports.api auto`",
    );
  });

  it("is free when held by the project itself, or on another address", () => {
    const own = container("lago-api-1", "lago", "127.0.0.1", 3000);
    const elsewhere = container("web", undefined, "10.0.0.1", 3000);
    expect(portConflicts("lago", [api(3000)], host(own))).toEqual([]);
    expect(portConflicts("lago", [api(3000)], host(elsewhere))).toEqual([]);
  });

  it("cannot serve api and front at once", () => {
    const claims = [api(3000), { field: "ports.front", address: "127.0.0.1", port: 3000 }];
    expect(portConflicts("lago", claims, host())).toEqual([
      { field: "ports.front", message: "port 3000 is wanted for ports.api as well" },
    ]);
  });

  it.each([
    ["nginx (process 812)", "port 3000 is held by nginx (process 812);"],
    [undefined, "port 3000 is held by another program;"],
  ])("is refused when the program %s listens there", (name, said) => {
    const listeners = [{ address: "127.0.0.1", port: 3000, name }];
    const [conflict] = portConflicts("lago", [api(3000)], { ...host(), listeners });
    expect(conflict?.message).toContain(said);
    expect(portConflicts("lago", [api(3000, "10.0.0.1")], { ...host(), listeners })).toEqual([]);
  });
});

describe("a claim whose port another program may hold", () => {
  const others = (ownPorts: number[], ...containers: HostContainer[]) => ({
    ...{ containers, ownPorts: new Set(ownPorts) },
  });
  const claims: Claim[] = [api(3000), api(3001)];

  it("is each that no container explains", () => {
    const own = container("lago-api-1", "lago", "127.0.0.1", 3000);
    expect(unexplainedClaims(claims, others([], own))).toEqual([api(3001)]);
    expect(unexplainedClaims(claims, others([]))).toEqual(claims);
  });

  it("is none on a port of the project's container that docker is restarting", () => {
    expect(unexplainedClaims(claims, others([3000]))).toEqual([api(3001)]);
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
