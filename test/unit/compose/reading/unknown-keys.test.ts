import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { unknownKeys } from "../../../../src/compose/reading/unknown-keys.ts";
import { ROOT } from "../../../../testing/folders.ts";

const places = (project: unknown) => unknownKeys(project).map(({ place }) => place);

describe("unknownKeys", () => {
  it("finds keys that compose refuses, at every depth", () => {
    const project = {
      service: {},
      services: {
        api: {
          exclude_from_hc: true,
          healthcheck: { tests: [] },
          deploy: { resources: { limits: { memory: "1g", mem: "1g" } } },
          volumes: ["./a:/a", { type: "bind", source: "a", target: "/a", content: "x" }],
          depends_on: { db: { condition: "service_healthy", wait: true } },
          networks: { front: { alias: [] } },
          env_file: [{ path: "a.env", needed: true }],
        },
      },
      volumes: { data: { drivers: "local" } },
      networks: { front: { ipam: { config: [{ subnets: "10.0.0.0/8" }] } } },
    };
    expect(places(project)).toEqual([
      "service",
      "services.api.exclude_from_hc",
      "services.api.healthcheck.tests",
      "services.api.deploy.resources.limits.mem",
      "services.api.volumes.content",
      "services.api.depends_on.db.wait",
      "services.api.networks.front.alias",
      "services.api.env_file.needed",
      "volumes.data.drivers",
      "networks.front.ipam.config.subnets",
    ]);
  });

  it("knows names and extensions of the user's own, and keys of later releases", () => {
    const project = {
      name: "lago",
      "x-own": { anything: 1 },
      services: {
        api: {
          "x-own": {},
          environment: { ANY: "1" },
          labels: { any: "1" },
          build: { context: ".", args: { any: "1" }, "x-own": 1 },
          logging: { driver: "syslog", options: { any: "1" } },
          healthcheck: { start_interval: "1s", "x-own": 1 },
          gpus: "all",
          use_api_socket: true,
          post_start: [{ command: "x" }],
          depends_on: ["db"],
          extends: { service: "a" },
        },
        nothing: null,
      },
      volumes: { data: null, other: { external: true } },
      networks: { default: { external: { name: "x" } } },
    };
    expect(places(project)).toEqual([]);
  });

  it.each(
    globSync("{src,examples,test}/**/*compose*.y{a,}ml", { cwd: ROOT }).filter(
      (file) => !file.includes("cases"),
    ),
  )("finds nothing in %s", (file) => {
    const text = readFileSync(`${ROOT}/${file}`, "utf8");
    expect(places(parse(text, { merge: true, logLevel: "silent" }))).toEqual([]);
  });
});
