/** Releases of Lago's services that do not fit together. */
import { describe, expect, it } from "vitest";
import { runChecks } from "../../../../src/checks/index.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";
import { type Judged, judge } from "../subject.ts";

const found = (change: Judged) => judge(change).filter(({ id }) => id === "release-differs");
const images = (all: Readonly<Record<string, string>>): Judged => ({
  services: Object.fromEntries(Object.entries(all).map(([name, image]) => [name, { image }])),
});
const DIGEST = `sha256:${"ab".repeat(32)}`;
const OTHER_DIGEST = `sha256:${"cd".repeat(32)}`;

describe("a service of another release than the api", () => {
  it("is a warning for the migration, with both tags", () => {
    expect(found(images({ migrate: "getlago/api:v1.47.0" }))).toMatchObject([
      {
        severity: "warning",
        unsafeName: "release-differs:services.migrate.image",
        reason: expect.stringContaining("is v1.47.0, and that of api is v1.50.0: the database"),
      },
    ]);
  });

  it.each(["worker", "clock"])("is a warning for the %s", (name) => {
    const [finding] = found(images({ [name]: "getlago/api:v1.51.0" }));
    expect(finding?.reason).toContain("is v1.51.0, and that of api is v1.50.0: jobs");
  });

  it.each([
    ["a mirror", { migrate: "registry.acme.com/getlago/api:v1.47.0" }],
    ["no version", { migrate: "getlago/api" }],
    ["a tag beside a digest", { migrate: `getlago/api:v1.47.0@${DIGEST}` }],
    ["another digest", { api: `getlago/api@${DIGEST}`, migrate: `getlago/api@${OTHER_DIGEST}` }],
    ["one's own image", { api: "acme/lago-api:7", migrate: "acme/lago-api:6" }],
    ["a variable's default", { migrate: "getlago/api:${MIGRATE_VERSION:-v1.47.0}" }],
  ])("is found with %s", (_what, all) => {
    expect(found(images(all)).map(({ field }) => field)).toContain("services.migrate.image");
  });

  it.each([
    ["one release with and without v", { migrate: "getlago/api:1.50.0" }],
    ["one release from a mirror", { migrate: "registry.acme.com:5000/getlago/api:v1.50.0" }],
    ["one tag and its digest", { migrate: `getlago/api:v1.50.0@${DIGEST}` }],
    ["a tag and a mere digest", { migrate: `getlago/api@${DIGEST}` }],
    [
      "one digest under one name",
      { api: `getlago/api@${DIGEST}`, migrate: `getlago/api@${DIGEST}` },
    ],
    ["a number of one's own", { migrate: "acme/lago-api-custom:7" }],
    ["a patched build of one release", { migrate: "getlago/api:v1.50.0-acme2" }],
    ["no image, but a folder to build", { migrate: "" }],
  ])("is none with %s", (_what, all) => {
    const change = images(all);
    expect(found(change).filter(({ field }) => field === "services.migrate.image")).toEqual([]);
  });

  it("is none where a deployment sets one release for all", () => {
    const service = (image: string, script: string) => ({ image, command: `./scripts/${script}` });
    const services = {
      api: service("getlago/api:v1.50.0", "start.api.sh"),
      migrate: service("getlago/api:v1.47.0", "migrate.sh"),
    };
    const model = parseComposeModel(JSON.stringify({ services }));
    const judged = { variables: {}, model, source: "stack" as const };
    const ids = (release?: string) => runChecks({ ...judged, release }).map(({ id }) => id);
    expect(ids()).toContain("release-differs");
    expect(ids("v1.51.0")).not.toContain("release-differs");
  });
});

describe("files without an api", () => {
  const about = (services: Record<string, unknown>) =>
    runChecks({
      variables: {},
      model: parseComposeModel(JSON.stringify({ services })),
      source: "lint",
    }).filter(({ id }) => id === "api-not-found");

  it("are told, since little of them is judged", () => {
    expect(about({ shop: { image: "acme/shop:1" } })).toMatchObject([
      { severity: "warning", unsafeName: "api-not-found:services" },
    ]);
    expect(about({ lago: { image: "getlago/lago:v1.45.0" } })).toMatchObject([
      { severity: "warning", unsafeName: "api-not-found:services.lago.image" },
    ]);
  });

  it("are not meant where there is one, or nothing at all", () => {
    expect(about({ backend: { image: "getlago/api:v1.50.0" } })).toEqual([]);
    expect(about({})).toEqual([]);
  });
});
