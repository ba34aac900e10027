import { describe, expect, it } from "vitest";
import { parsePs } from "../../../../src/docker/compose-ps.ts";
import { fixture } from "../../../support/fixtures.ts";

const RECORDED = fixture("docker", "ps-2.26.ndjson");
const ARRAY = `[${RECORDED.trim().split("\n").join(",")}]\n`;
const WARNING =
  'time="2026-11-23T01:02:58Z" level=warning msg="The \\"X\\" variable is not set."\n';

describe("every form of a list", () => {
  const expected = parsePs(RECORDED);

  it.each([
    ["an array, as compose before 2.21 has it", ARRAY],
    ["an array over several lines", JSON.stringify(JSON.parse(ARRAY), undefined, 2)],
    ["an object a line without the last break", RECORDED.trimEnd()],
    ["an object a line with Windows breaks", RECORDED.replaceAll("\n", "\r\n")],
    ["an object a line with empty lines between", RECORDED.replaceAll("\n", "\n\n")],
    ["an object a line behind warnings", WARNING + WARNING + RECORDED],
    ["an array behind a warning", WARNING + ARRAY],
  ])("says the same as %s", (_, text) => {
    expect(parsePs(text)).toEqual(expected);
  });

  it.each(["", "\n", "[]", "[]\n", WARNING])("takes %j for no containers", (text) => {
    expect(parsePs(text)).toEqual([]);
  });

  it("takes a single object", () => {
    const [line = ""] = RECORDED.split("\n");
    expect(parsePs(line)).toEqual(expected.slice(0, 1));
    expect(parsePs(JSON.stringify(JSON.parse(line), undefined, 2))).toEqual(expected.slice(0, 1));
  });

  it("does without what old releases leave out", () => {
    const old =
      '[{"ID":"1","Name":"lago-db-1","Service":"db","State":"running","Publishers":null}]';
    expect(parsePs(old)).toEqual([
      {
        id: "1",
        name: "lago-db-1",
        service: "db",
        state: "running",
        health: "",
        exitCode: 0,
        image: "",
        labels: {},
        ports: [],
      },
    ]);
  });

  it("sorts replicas by name and services as whole words", () => {
    const names = ["api-worker-1", "api-2", "api-1"].map(
      (name) => `{"ID":"1","Name":"${name}","Service":"${name.slice(0, -2)}"}`,
    );
    expect(parsePs(names.join("\n")).map(({ name }) => name)).toEqual([
      "api-1",
      "api-2",
      "api-worker-1",
    ]);
  });
});
