import { expect, it } from "vitest";
import { parseInspect } from "../../../src/compose/inspect.ts";
import { fixture } from "../../support/fixtures.ts";

it("tells restarts and the last start of recorded containers", () => {
  const containers = parseInspect(fixture("docker", "inspect-26.1.json"));
  expect(containers).toHaveLength(3);
  expect(containers[0]).toEqual({
    id: "7dc689a4914e77bfc02274ff246d0dc6e2c916a1a9e6ea73a02748c236ecc77c",
    restartCount: 0,
    startedAt: "2026-11-23T01:02:58.359954618Z",
    restarts: false,
  });
});

it.each([
  ["no", false],
  ["", false],
  ["always", true],
  ["unless-stopped", true],
  ["on-failure", true],
])("knows whether the engine restarts a container of policy %j", (name, restarts) => {
  const text = JSON.stringify([
    { Id: "1", RestartCount: 2, State: {}, HostConfig: { RestartPolicy: { Name: name } } },
  ]);
  expect(parseInspect(text)).toEqual([{ id: "1", restartCount: 2, startedAt: "", restarts }]);
});

it.each(["", "[", "{}", "[{}]", '[{"Id":1}]', "Error: No such object"])("refuses %j", (text) => {
  expect(() => parseInspect(text)).toThrow(expect.objectContaining({ kind: "ParseError" }));
});
