import { describe, expect, it } from "vitest";
import { deployStatus } from "../../../src/deployment/status.ts";
import { driftOf } from "../../../src/stack/drift.ts";

const DECLARED = [
  { name: "api", oneShot: false },
  { name: "migrate", oneShot: true },
];

type Line = [service: string, state: string, exitCode?: number, health?: string];

/** The drift of a deployment whose `ps` lists these containers. */
function drift(...lines: Line[]): string[] {
  const containers = lines.map(([service, state, exitCode = 0, health = ""], n) => ({
    id: `${n}`,
    name: `${n}`,
    service,
    state,
    exitCode,
    health,
    image: "",
    labels: {},
    ports: [],
  }));
  return driftOf(DECLARED, deployStatus(containers));
}

const DONE: Line = ["migrate", "exited", 0];

describe("driftOf", () => {
  it.each<[string, Line[]]>([
    ["all as declared", [["api", "running"], DONE]],
    [
      "an unhealthy service, which a start would not heal",
      [["api", "running", 0, "unhealthy"], DONE],
    ],
    ["a service that the engine restarts by itself", [["api", "restarting", 1], DONE]],
    ["a done one-shot that was cleaned up", [["api", "running"]]],
    [
      "a one-shot at work",
      [
        ["api", "running"],
        ["migrate", "running"],
      ],
    ],
    ["a container that nobody declared", [["api", "running"], DONE, ["other", "exited", 1]]],
    ["several containers of a service", [["api", "running"], ["api", "running"], DONE]],
  ])("is none with %s", (_, lines) => {
    expect(drift(...lines)).toEqual([]);
  });

  it.each<[Line[], string[]]>([
    [[DONE], ["api is missing"]],
    [[], ["api is missing"]],
    [[["api", "exited", 0], DONE], ["api has ended with exit code 0"]],
    [[["api", "exited", 137], DONE], ["api has ended with exit code 137"]],
    [[["api", "created"], DONE], ["api is created"]],
    [[["api", "paused"], DONE], ["api is paused"]],
    [[["api", "dead"], DONE], ["api is dead"]],
    [[["api", "running"], ["api", "exited", 1], DONE], ["api has ended with exit code 1"]],
    [
      [
        ["api", "running"],
        ["migrate", "exited", 1],
      ],
      ["migrate has ended with exit code 1"],
    ],
    [[["migrate", "exited", 2]], ["api is missing", "migrate has ended with exit code 2"]],
  ])("with %j is %j", (lines, sentences) => {
    expect(drift(...lines)).toEqual(sentences);
  });
});
