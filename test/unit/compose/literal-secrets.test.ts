import { expect, it } from "vitest";
import { literalSecrets } from "../../../src/compose/literal-secrets.ts";
import { parseComposeModel } from "../../../src/compose/model.ts";

const secretsOf = (environment: unknown) =>
  literalSecrets(parseComposeModel(JSON.stringify({ services: { api: { environment } } })));

it.each<[string, unknown, string[]]>([
  ["by name", { SECRET_KEY_BASE: "hunter2-hunter2" }, ["hunter2-hunter2"]],
  ["in a list", ["SECRET_KEY_BASE=hunter2=hunter2", "ALONE"], ["hunter2=hunter2"]],
  ["with dollar signs", { MY_TOKEN: "a$$b$${c}" }, ["a$$b$${c}", "a$b${c}"]],
  ["that compose cannot fill in", { MY_TOKEN: "a$$${b" }, ["a$$${b", "a$${b"]],
  ["in a URL", { CACHE: "redis://:hunter2-hunter2@redis" }, ["hunter2-hunter2"]],
])("finds a secret %s", (_, environment, expected) => {
  expect([...new Set(secretsOf(environment))]).toEqual(expected);
});

it.each([
  [{ SECRET_KEY_BASE: "${SECRET_KEY_BASE:?set it}" }],
  [{ SECRET_KEY_BASE: "$SECRET_KEY_BASE" }],
  [{ RAILS_ENV: "production" }],
  [null],
  [undefined],
])("finds none in %j", (environment) => {
  expect(secretsOf(environment).filter((value) => value !== "")).toEqual([]);
});
