import { describe, expect, it } from "vitest";
import { effectivePorts, portClaims } from "../../../src/ports/claims.ts";

describe("the ports of a deployment", () => {
  const model = (publishesPorts: boolean) => ({
    services: (["api", "front"] as const).map((role) => ({
      name: `lago-${role}`,
      image: undefined,
      role,
      containerName: undefined,
      publishesPorts,
      hasHealthCheck: false,
      oneShot: false,
      definition: {
        ports: role === "api" ? ["${API_PORT:-3000}:3000"] : ["443:443", "${FRONT_PORT:-80}:80"],
      },
    })),
    variables: [],
    requiredVariables: [],
  });

  it("are as given, else as the files say, on this host only", () => {
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
