import { describe, expect, it } from "vitest";
import { recoveredVariables } from "../../../src/compose/recovered-variables.ts";

function found(
  pairs: readonly (readonly [template: string, text: string])[],
  likely?: Readonly<Record<string, string>>,
) {
  const all = pairs.map(([template, text]) => ({ template, text }));
  return Object.fromEntries(recoveredVariables(all, likely));
}

describe("variables of compose files, from what they became", () => {
  it.each<[string, string, string, Record<string, string | undefined>]>([
    ["a reference", "${KEY}", "s3cret", { KEY: "s3cret" }],
    ["one without braces", "$KEY", "s3cret", { KEY: "s3cret" }],
    ["a required one", "${KEY:?set it}", "s3cret", { KEY: "s3cret" }],
    ["one in a text", "redis://:${PW}@redis", "redis://:a.b*c@redis", { PW: "a.b*c" }],
    ["one that stands twice", "${A}-${A}", "x-x", { A: "x" }],
    ["dollar signs in the value", "${KEY}", "a$$b${C}", { KEY: "a$$b${C}" }],
    ["several lines", "${KEY}", "one\ntwo\n", { KEY: "one\ntwo\n" }],
    ["the default of the file", "${PORT:-3000}", "3000", { PORT: undefined }],
    ["another value than the default", "${PORT:-3000}", "8080", { PORT: "8080" }],
    ["nothing", "${KEY:-}", "", { KEY: undefined }],
    ["a text that does not fit", "http://${HOST}/", "https://x/", {}],
    ["an alternative, which tells no value", "${TLS:+https}", "https", {}],
    ["two values that do not agree", "${A}-${A}", "x-y", {}],
    ["a dollar sign that stands for itself", "$$KEY", "$KEY", {}],
  ])("%s", (_, template, text, values) => {
    expect(found([[template, text]])).toEqual(values);
  });

  it("finds one by another", () => {
    expect(
      found([
        ["postgresql://${DB_USER}:${DB_PW}@db", "postgresql://lago:p%40ss@db"],
        ["${DB_USER}", "lago"],
      ]),
    ).toEqual({ DB_USER: "lago", DB_PW: "p%40ss" });
  });

  it("leaves two unknown ones in one text alone", () => {
    expect(found([["${A}:${B}", "x:y"]])).toEqual({});
  });

  it("takes the first text that tells a value", () => {
    expect(
      found([
        ["${KEY}", "of the api"],
        ["${KEY}", "of a worker"],
      ]),
    ).toEqual({ KEY: "of the api" });
  });

  it("prefers a likely value that makes the same text", () => {
    expect(found([["${PORT:-3000}", "3000"]], { PORT: "3000" })).toEqual({ PORT: "3000" });
    expect(found([["${PORT:-3000}", "3000"]], { PORT: "8080" })).toEqual({ PORT: undefined });
  });
});
