import { describe, expect, it } from "vitest";
import { parseComposeModel, requiredVariablesIn, variablesIn } from "../../../src/compose/model.ts";
import { fixture } from "../../support/fixtures.ts";

const RECORDED = fixture("compose", "every-feature", "config.json");

function service(name: string, profiles: readonly string[] = []) {
  return parseComposeModel(RECORDED, profiles).services.find((one) => one.name === name);
}

describe("services", () => {
  it("are sorted by name", () => {
    expect(parseComposeModel(RECORDED).services.map(({ name }) => name)).toEqual([
      "api",
      "db",
      "front",
      "keys",
      "migrate",
      "not-ours",
      "redis",
    ]);
  });

  it("are those of the profiles that are on", () => {
    expect(service("console")).toBeUndefined();
    expect(service("console", ["other"])).toBeUndefined();
    expect(service("console", ["other", "tools"])).toBeDefined();
    expect(service("console", ["*"])).toBeDefined();
  });

  it.each([
    ["scale", { scale: 0 }],
    ["replicas", { deploy: { replicas: 0 } }],
    ["replicas as text", { deploy: { replicas: "0" } }],
  ])("are not those of which no container is made: %s", (_, none) => {
    const services = { api: { image: "a" }, pdf: { image: "b", ...none } };
    const model = parseComposeModel(JSON.stringify({ services }));
    expect(model.services.map(({ name }) => name)).toEqual(["api"]);
  });

  it("have their image, fixed name, ports and health check", () => {
    expect(service("db")).toMatchObject({
      name: "db",
      image: "getlago/postgres-partman:15.0-alpine",
      containerName: "lago-db",
      publishesPorts: true,
      hasHealthCheck: true,
      oneShot: false,
    });
    expect(service("migrate")).toMatchObject({ containerName: undefined, publishesPorts: false });
    expect(service("redis")).toMatchObject({ publishesPorts: true, hasHealthCheck: false });
  });

  it("have an environment by name, whether the file has a list or a map", () => {
    const environment = ["RAILS_ENV=production", "LINK=a=b", "SECRET_KEY_BASE"];
    const model = parseComposeModel(JSON.stringify({ services: { api: { environment } } }));
    expect(model.services[0]?.definition.environment).toEqual({
      RAILS_ENV: "production",
      LINK: "a=b",
      SECRET_KEY_BASE: null,
    });
  });

  it("have no health check when the file switches it off", () => {
    expect(service("front")?.hasHealthCheck).toBe(false);
  });

  it("are one-shots when another waits for their end or Lago's files say so", () => {
    const oneShots = parseComposeModel(RECORDED).services.filter(({ oneShot }) => oneShot);
    expect(oneShots.map(({ name }) => name)).toEqual(["keys", "migrate"]);
  });

  it.each(['{"services":null}', "{}", '{"services":{}}'])("may be none: %s", (text) => {
    expect(parseComposeModel(text).services).toEqual([]);
  });
});

describe("variables", () => {
  it("are all that the file refers to", () => {
    expect(parseComposeModel(RECORDED).variables).toEqual([
      "API_PORT",
      "EMPTY_IS_FINE",
      "INNER",
      "OURS",
      "OUTER",
      "PLAIN_VARIABLE",
      "POSTGRES_DB",
      "POSTGRES_PASSWORD",
      "POSTGRES_PORT",
      "SECRET_KEY_BASE",
    ]);
  });

  it("are required where the file says so, in the file's own words", () => {
    expect(parseComposeModel(RECORDED).requiredVariables).toEqual([
      { name: "POSTGRES_PASSWORD", message: 'quote " backslash \\ & <angle>' },
      { name: "SECRET_KEY_BASE", message: "is required by the compose file" },
    ]);
  });

  it.each([
    ["$A", ["A"]],
    ["${A}", ["A"]],
    ["${A:-x}${B-y}${C:+z}${D:?m}", ["A", "B", "C", "D"]],
    ["$$A", []],
    ["$${A}", []],
    ["$$$A", ["A"]],
    ["$$$$A", []],
    ["cost: 5$ or $5", []],
    ["$B$A$B", ["A", "B"]],
    ["${A:-${B}}", ["A", "B"]],
    ["$_1a.b", ["_1a"]],
  ])("in %j are %j", (text, names) => {
    expect(variablesIn(text)).toEqual(names);
  });

  it.each([
    ["${A:?say it}", [{ name: "A", message: "say it" }]],
    ["${A?say it}", [{ name: "A", message: "say it" }]],
    ["$${A:?not ours}", []],
    ["$$${A:?ours}", [{ name: "A", message: "ours" }]],
    ["${A:-b?c}", []],
    [
      "${B:?two}${A:?one}",
      [
        { name: "A", message: "one" },
        { name: "B", message: "two" },
      ],
    ],
  ])("required in %j are %j", (text, required) => {
    expect(requiredVariablesIn(text)).toEqual(required);
  });
});

it.each(["", "services:\n  db:\n", "[]", '{"services":[]}', '{"services":{"db":3}}', "null"])(
  "refuses %j",
  (text) => {
    expect(() => parseComposeModel(text)).toThrow(expect.objectContaining({ kind: "ParseError" }));
  },
);
