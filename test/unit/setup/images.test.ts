import { describe, expect, it } from "vitest";
import { readInspection } from "../../../setup/images.ts";
import { readPull } from "../../../setup/registry.ts";

describe("readPull", () => {
  it.each([
    [0, "7-alpine: Pulling from library/redis\nDigest: sha256:1\n"],
    [1, "7-alpine: Pulling from library/redis\n1: Pulling fs layer\nunexpected EOF\n"],
    [1, "Error response from daemon: toomanyrequests: You have reached your pull rate limit"],
    [1, "Error response from daemon: pull access denied for x, repository does not exist"],
  ])("takes exit code %i with %j for a registry", (exitCode, output) => {
    expect(readPull(exitCode, output)).toEqual({ answers: true });
  });

  it.each([
    'Get "https://r.example/v2/": dial tcp: lookup r.example on 10.0.0.1:53: no such host',
    'Get "https://r.example/v2/": net/http: TLS handshake timeout',
    'Get "https://r.example/v2/": context deadline exceeded',
    'Get "https://r.example/v2/": proxyconnect tcp: dial tcp 10.0.0.1:3128: connection refused',
  ])("says in docker's words why none answers: %s", (line) => {
    const answer = readPull(1, `Using default tag\nError response from daemon: ${line}\n`);
    expect(answer).toEqual({ answers: false, reason: `Error response from daemon: ${line}` });
  });
});

describe("readInspection", () => {
  it("tells missing images, stand-ins and Lago's own apart", () => {
    const printed = "redis:7-alpine redis:7|\ngetlago/api:v1|api\n\n";
    expect(readInspection(["getlago/api:v1", "redis:7-alpine", "db:1"], printed)).toEqual({
      missing: ["db:1"],
      standIns: ["getlago/api:v1"],
    });
  });

  it("finds all missing where docker has none", () => {
    expect(readInspection(["a:1"], "\n")).toEqual({ missing: ["a:1"], standIns: [] });
  });
});
