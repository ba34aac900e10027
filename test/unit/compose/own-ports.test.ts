/** Ports of people's own files: Lago's own among several, and variables that hold several parts. */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseComposeModel, type ServiceModel } from "../../../src/compose/model.ts";
import { generateOverride } from "../../../src/compose/override.ts";
import { otherPorts, ownPort } from "../../../src/compose/own-ports.ts";
import { effectivePorts, otherClaims } from "../../../src/ports/claims.ts";

const modelOf = (ports: readonly unknown[]) =>
  parseComposeModel(
    JSON.stringify({ services: { web: { image: "getlago/front:v1.50.0", ports } } }),
  );

const frontOf = (ports: readonly unknown[]) => modelOf(ports).services[0] as ServiceModel;

describe("the own port of a front", () => {
  it.each<[unknown, Record<string, string>, { address: string; published: string }]>([
    ["8080:80", {}, { address: "", published: "8080" }],
    ["${WEB:-127.0.0.1:8080}:80", {}, { address: "127.0.0.1", published: "8080" }],
    ["${WEB:-127.0.0.1:8080}:80", { WEB: "9090" }, { address: "", published: "9090" }],
    ["${PUBLISH}", { PUBLISH: "10.0.0.5:8080:80" }, { address: "10.0.0.5", published: "8080" }],
    ["${PUBLISH:-[::1]:8080:80}", {}, { address: "[::1]", published: "8080" }],
    ["${A:-0.0.0.0}:${B:-${C:-8080}}:80", {}, { address: "0.0.0.0", published: "8080" }],
    ["${N}80:${INSIDE:-80}/tcp", { N: "80" }, { address: "", published: "8080" }],
    [{ target: 80, published: "${FRONT_PORT:-8080}" }, {}, { address: "", published: "8080" }],
  ])("%j with %j", (entry, environment, expected) => {
    expect(ownPort(frontOf(["443:443", entry]), environment)).toEqual({
      ...expected,
      target: "80",
    });
    expect(otherPorts(frontOf(["443:443", entry]), environment)).toEqual(["443:443"]);
  });

  it("is the first port of a range of the host", () => {
    expect(effectivePorts(modelOf(["8080-8090:80"])).front).toBe(8080);
    expect(effectivePorts(modelOf(["${RANGE:-8080-8090}:80"])).front).toBe(8080);
  });
});

describe("further publications of the own port", () => {
  const ports = ["8080:80", "127.0.0.1:8081:80", "[::]:8080:80", "8443:443"];

  it("stay, where they are at other ports of the host", () => {
    const text = generateOverride(modelOf(ports), {
      ports: { front: 9000 },
      variables: [],
      startPeriodSeconds: 60,
    });
    expect(parse(text, { logLevel: "silent" }).services.web.ports).toEqual([
      "127.0.0.1:9000:80",
      "127.0.0.1:8081:80",
      "8443:443",
    ]);
  });

  it("are claimed", () => {
    expect(otherClaims(modelOf(ports), {}).map(({ port }) => port)).toEqual([8081, 8443]);
  });
});
