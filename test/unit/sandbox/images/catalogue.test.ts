import { describe, expect, it } from "vitest";
import { STAND_IN_IMAGES, standInFor, standInsFor } from "../../../../sandbox/images/catalogue.ts";

describe("standInFor", () => {
  it.each([
    ["getlago/api:v1.50.0", "api", "v1.50.0"],
    ["getlago/api:v1.27.1", "api", "v1.27.1"],
    ["getlago/front:v1.43.0", "front", "v1.43.0"],
    ["getlago/lago-gotenberg:7.8.2", "pdf", "7.8.2"],
    ["getlago/lago-gotenberg:8.15", "pdf", "8.15"],
    ["getlago/postgres-partman:15.0-alpine", "db", "15.0-alpine"],
    ["postgres:15-alpine", "db", "15-alpine"],
    ["library/postgres", "db", "latest"],
    ["redis:7-alpine", "redis", "7-alpine"],
    ["redis", "redis", "latest"],
    ["caddy:2", "proxy", "2"],
    ["docker.io/getlago/api:v1.50.0", "api", "v1.50.0"],
    ["docker.io/library/redis:7-alpine", "redis", "7-alpine"],
    ["registry.example:5000/getlago/front:v1.50.0", "front", "v1.50.0"],
    ["localhost/getlago/front:v1.50.0", "front", "v1.50.0"],
  ])("knows %s as %s", (image, role, version) => {
    expect(standInFor(image)).toEqual({ image, role, version });
  });

  it.each([
    "traefik:v3.3",
    "getlago/lago:v1.50.0",
    "somebody/redis:7",
    "getlago/api/extra:v1",
    "constructor",
    "redis:",
    "",
    `redis@sha256:${"0".repeat(64)}`,
    `getlago/api:v1.50.0@sha256:${"0".repeat(64)}`,
  ])("knows nothing that stands in for %j", (image) => {
    expect(standInFor(image)).toBeUndefined();
  });
});

describe("standInsFor", () => {
  it("has one for each image of Lago's own file", () => {
    expect(standInsFor(STAND_IN_IMAGES).map(({ role }) => role)).toEqual([
      "api",
      "front",
      "pdf",
      "db",
      "redis",
    ]);
  });

  it("names each image once, in the order given, and leaves others out", () => {
    const images = ["redis:7-alpine", "traefik:v3", "getlago/api:v1.50.0", "redis:7-alpine"];
    expect(standInsFor(images).map(({ image }) => image)).toEqual([
      "redis:7-alpine",
      "getlago/api:v1.50.0",
    ]);
  });
});
