/** The modeled engine tells of its work as compose does. */
import { expect, it } from "vitest";
import { makeContainer, startContainer } from "../../../../../testing/world/engine/container.ts";
import { progressOf } from "../../../../../testing/world/engine/progress.ts";
import type { EngineState } from "../../../../../testing/world/engine/state.ts";

const EMPTY: EngineState = { containers: [], images: [], volumes: [], networks: [], made: 0 };

const made = (number: number) =>
  makeContainer({
    ...{ project: "lago", service: "api", configHash: "1", volumeNames: {}, number },
    definition: { image: "getlago/api:v1", restart: "always" },
  });
const started = (number: number) => startContainer(made(number), number, {});

const UP: EngineState = {
  ...EMPTY,
  containers: [started(1)],
  volumes: [{ name: "lago_data", labels: {} }],
  networks: ["lago_default"],
};

it("tells of all that is made and started", () => {
  expect(progressOf(EMPTY, UP)).toEqual([
    "Network lago_default  Creating",
    "Network lago_default  Created",
    'Volume "lago_data"  Creating',
    'Volume "lago_data"  Created',
    "Container lago-api-1  Creating",
    "Container lago-api-1  Created",
    "Container lago-api-1  Starting",
    "Container lago-api-1  Started",
  ]);
});

it("tells apart what runs on, what is started and what is replaced", () => {
  expect(progressOf(UP, UP)).toEqual(["Container lago-api-1  Running"]);
  const replaced = [
    "Container lago-api-1  Recreate",
    "Container lago-api-1  Recreated",
    "Container lago-api-1  Starting",
    "Container lago-api-1  Started",
  ];
  expect(progressOf(UP, { ...UP, containers: [started(2)] })).toEqual(replaced);
  const only = { ...UP, containers: [made(1)] };
  expect(progressOf(only, UP)).toEqual(replaced.slice(2));
  expect(progressOf(only, only)).toEqual([]);
});

it("tells of all that is removed, and nothing of volumes that stay", () => {
  expect(progressOf(UP, { ...UP, containers: [], networks: [] })).toEqual([
    "Container lago-api-1  Stopping",
    "Container lago-api-1  Stopped",
    "Container lago-api-1  Removing",
    "Container lago-api-1  Removed",
    "Network lago_default  Removing",
    "Network lago_default  Removed",
  ]);
});
