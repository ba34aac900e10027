import { expect, it } from "vitest";
import { configSecretsIn } from "../../../src/pipeline/secrets.ts";

it("the secrets of a config are its secret values, and all texts within them", () => {
  const config = {
    "p:a": { value: "public", secret: false },
    "p:b": { value: "hidden-b", secret: true },
    "p:c": { value: '{"d":"hidden-d"}', objectValue: { d: ["hidden-d"] }, secret: true },
  };
  expect(configSecretsIn(JSON.stringify(config))).toEqual([
    "hidden-b",
    '{"d":"hidden-d"}',
    "hidden-d",
  ]);
  expect(configSecretsIn("no JSON")).toEqual([]);
});
