import { describe, expect, it } from "vitest";
import { imageKey, imagesByName, imageVariables } from "../../../src/observe/images.ts";
import { imagesIn } from "../../../testing/scripted-docker/api-answers.ts";
import { fixture } from "../../support/fixtures.ts";

describe("images of an engine", () => {
  const API = "sha256:6e074f2f84dbf886b8b3ae819c6f0ba0f5e3053b1efb1001908c84af6d7ad20f";

  it("are told by name as they were recorded", () => {
    const images = imagesByName(imagesIn(fixture("docker", "image-ls-26.1.tsv")));
    expect(images.get("getlago/api:v1.50.0")).toBe(API);
    expect(images.get("getlago/api:v1.43.0")).toMatch(/^sha256:04b703c4/);
    expect(images.get("getlago/api:latest")).toBeUndefined();
  });

  it("are told by digest too", () => {
    const digest = `redis@sha256:${"d".repeat(64)}`;
    const images = imagesByName([
      { Id: API, RepoTags: ["redis:7"], RepoDigests: [digest] },
      { Id: "untagged", RepoTags: null },
    ]);
    expect(images.get(imageKey(`redis:7@sha256:${"d".repeat(64)}`))).toBe(API);
    expect(images.size).toBe(2);
  });

  it.each([
    ["redis", "redis:latest"],
    ["redis:7-alpine", "redis:7-alpine"],
    ["docker.io/redis:7", "redis:7"],
    ["docker.io/library/redis:7", "redis:7"],
    ["index.docker.io/getlago/api:v1", "getlago/api:v1"],
    ["registry.example.com:5000/lago/api", "registry.example.com:5000/lago/api:latest"],
    ["registry.example.com:5000/lago/api:v1", "registry.example.com:5000/lago/api:v1"],
    ["getlago/api@sha256:1234", "getlago/api@sha256:1234"],
    ["getlago/api:v1@sha256:1234", "getlago/api@sha256:1234"],
    [
      "registry.example.com:5000/lago/api:v1@sha256:1",
      "registry.example.com:5000/lago/api@sha256:1",
    ],
  ])("that a file calls %s are %s", (name, key) => {
    expect(imageKey(name)).toBe(key);
  });
});

describe("variables of images", () => {
  it("are told by content as they were recorded", () => {
    const variables = imageVariables(JSON.parse(fixture("docker", "image-inspect-26.1.json")));
    expect([...variables.values()]).toEqual([
      new Set(["LANG", "PATH"]),
      new Set(["LANG", "PATH", "PGDATA"]),
    ]);
  });

  it("may be none", () => {
    expect(imageVariables([{ Id: "1", Config: null }, { Id: "2" }])).toEqual(
      new Map([
        ["1", new Set()],
        ["2", new Set()],
      ]),
    );
  });
});
