import { expect, it } from "vitest";
import { serviceNotFound } from "../../../src/deployment/service-not-found.ts";

const NAMES = ["api", "api-clock", "api-events-worker", "api-worker", "db", "front"];

it.each([
  ["worker", "api-worker"],
  ["clock", "api-clock"],
  ["events", "api-events-worker"],
  ["apii", "api"],
  ["frnot", "front"],
  ["api_worker", "api-worker"],
  ["database", undefined],
  ["", undefined],
])("names the service that was meant by %j: %s", async (typed, meant) => {
  const { kind, message } = await serviceNotFound("lago-dev", typed, NAMES);
  expect(kind).toBe("ServiceNotFound");
  expect(message).toContain("it has api, api-clock, ");
  expect(/Did you mean (.*)\?$/.exec(message)?.[1]).toBe(meant);
});

it("names none where there is none", async () => {
  const { message } = await serviceNotFound("lago-dev", "api", []);
  expect(message).toBe("Project lago-dev has no service api; it has none.");
});
