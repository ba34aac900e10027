import { describe, expect, it } from "vitest";
import { EVENT_ACTIONS, eventArguments, parseEvent } from "../../../src/compose/events.ts";

/** A line as docker 26.1 prints it. */
function line(action: string, attributes: Readonly<Record<string, string>> = {}): string {
  return JSON.stringify({
    status: action,
    id: "4f1c",
    from: "getlago/api:v1.50.0",
    Type: "container",
    Action: action,
    Actor: {
      ID: "4f1c",
      Attributes: {
        "com.docker.compose.project": "lago-test",
        "com.docker.compose.service": "api",
        image: "getlago/api:v1.50.0",
        name: "lago-test-api-1",
        ...attributes,
      },
    },
    scope: "local",
    time: 1767225600,
    timeNano: 1767225600123456800,
  });
}

const BASE = { atMs: 1767225600123, service: "api", container: "lago-test-api-1" };

describe("an event", () => {
  it.each([
    ["start", {}, { action: "start" }],
    ["die", { exitCode: "137", execDuration: "3" }, { action: "die", exitCode: 137 }],
    ["kill", { signal: "15" }, { action: "kill", signal: 15 }],
    ["health_status: healthy", {}, { action: "health_status", health: "healthy" }],
  ])("%s", (action, attributes, expected) => {
    expect(parseEvent(line(action, attributes))).toEqual({ ...BASE, ...expected });
  });

  it.each([
    ["what a health check runs, which may quote a secret", line("exec_create: redis-cli -a x")],
    ["what is no JSON", "{"],
    ["what has no actor", '{"Action":"start"}'],
    ["nothing", ""],
  ])("is none: %s", (_, text) => {
    expect(parseEvent(text)).toBeUndefined();
  });
});

it("are asked for of one project, and only those that count", () => {
  const args = eventArguments("lago-test", "10m");
  expect(args).toContain("label=com.docker.compose.project=lago-test");
  expect(args).toContain("--since=10m");
  expect(args.filter((arg) => arg.startsWith("event="))).toHaveLength(EVENT_ACTIONS.length);
  expect(args.join(" ")).not.toContain("exec");
});
