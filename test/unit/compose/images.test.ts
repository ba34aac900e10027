import { describe, expect, it } from "vitest";
import { neededImages, releasedImage } from "../../../src/compose/images.ts";
import { parseComposeModel } from "../../../src/compose/model.ts";

const model = (services: object) => parseComposeModel(JSON.stringify({ services }));

describe("a release of Lago", () => {
  it.each([
    ["getlago/api:v1.50.0", "getlago/api:v1.51.0"],
    ["registry.example.com:5000/getlago/front", "registry.example.com:5000/getlago/front:v1.51.0"],
    [`getlago/api@sha256:${"0".repeat(64)}`, "getlago/api:v1.51.0"],
    ["redis:7-alpine", "redis:7-alpine"],
  ])("makes another image of %s", (image, released) => {
    expect(releasedImage(image, "v1.51.0")).toBe(released);
    expect(releasedImage(image, undefined)).toBe(image);
  });
});

describe("the images that services need", () => {
  it("are named once each, with variables filled in", () => {
    const services = {
      api: { image: "getlago/api:${LAGO_VERSION:-v1.50.0}" },
      worker: { image: "getlago/api:${LAGO_VERSION:-v1.50.0}" },
      redis: { image: "${REDIS_IMAGE}" },
    };
    const environment = { REDIS_IMAGE: "redis:7-alpine" };
    const usual = neededImages(model(services), environment);
    expect(usual).toEqual(["getlago/api:v1.50.0", "redis:7-alpine"]);
    const other = { ...environment, LAGO_VERSION: "v1.49.0" };
    expect(neededImages(model(services), other)).toContain("getlago/api:v1.49.0");
    expect(neededImages(model(services), other, "v1.51.0")).toContain("getlago/api:v1.51.0");
  });

  it.each([
    ["is built", { build: { context: "." }, image: "own" }],
    ["has a pull policy of its own", { image: "own", pull_policy: "always" }],
    ["has no image", {}],
  ])("are for compose to tell where a service %s", (_, own) => {
    expect(neededImages(model({ own, redis: { image: "redis" } }), {})).toBeUndefined();
  });
});
