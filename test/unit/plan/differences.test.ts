import { describe, expect, it } from "vitest";
import type { ContainerSpec } from "../../../src/compose/container-spec.ts";
import { type Difference, differencesOf, differenceText } from "../../../src/plan/differences.ts";
import { CONTAINER_SPEC } from "../../support/plans.ts";

const NO_VARIABLES: ReadonlySet<string> = new Set();

const between = (
  from: Partial<ContainerSpec>,
  to: Partial<ContainerSpec>,
  imageVariables: ReadonlySet<string> | undefined = NO_VARIABLES,
) =>
  differencesOf({
    from: { ...CONTAINER_SPEC, ...from },
    to: { ...CONTAINER_SPEC, ...to },
    imageVariables,
  });

const MIB = 1024 ** 2;

describe("each part that differs", () => {
  it.each<[Partial<ContainerSpec>, Partial<ContainerSpec>, Difference, string]>([
    [
      { image: "a:1" },
      { image: "a:2" },
      { part: "image", from: "a:1", to: "a:2" },
      "image a:1 -> a:2",
    ],
    [
      { environment: { A: "1" } },
      { environment: { A: "2" } },
      { part: "variable", name: "A", from: "1", to: "2" },
      "variable A changed (1 -> 2)",
    ],
    [
      { environment: {} },
      { environment: { A: "1" } },
      { part: "variable", name: "A", to: "1" },
      "variable A is new (1)",
    ],
    [
      { environment: { A: "1" } },
      { environment: {} },
      { part: "variable", name: "A", from: "1" },
      "variable A is gone",
    ],
    [
      { ports: [] },
      { ports: ["0.0.0.0:80->80/tcp", "0.0.0.0:81->81/tcp"] },
      { part: "ports", from: [], to: ["0.0.0.0:80->80/tcp", "0.0.0.0:81->81/tcp"] },
      "ports none -> 0.0.0.0:80->80/tcp, 0.0.0.0:81->81/tcp",
    ],
    [
      { mounts: ["a:/a"] },
      { mounts: [] },
      { part: "volumes", from: ["a:/a"], to: [] },
      "volumes a:/a -> none",
    ],
    [
      { memoryBytes: 0 },
      { memoryBytes: 512 * MIB },
      { part: "memory limit", from: "none", to: "512 MiB" },
      "memory limit none -> 512 MiB",
    ],
    [
      { memoryBytes: 1.5 * MIB },
      { memoryBytes: 0 },
      { part: "memory limit", from: "1.5 MiB", to: "none" },
      "memory limit 1.5 MiB -> none",
    ],
    [
      { restartPolicy: "no" },
      { restartPolicy: "always" },
      { part: "restart policy", from: "no", to: "always" },
      "restart policy no -> always",
    ],
    [{}, { restartToken: "1" }, { part: "restart asked for" }, "restart asked for"],
    [
      { restartToken: "1" },
      { restartToken: "2" },
      { part: "restart asked for" },
      "restart asked for",
    ],
    [{ command: "a" }, { command: "b" }, { part: "command" }, "command changed"],
    [{ healthCheck: "a" }, { healthCheck: "b" }, { part: "health check" }, "health check changed"],
    [{ logging: "a" }, { logging: "b" }, { part: "logging" }, "logging changed"],
  ])("%j, and %j declared", (from, to, difference, text) => {
    expect(between(from, to)).toEqual([difference]);
    expect(differenceText(difference)).toBe(text);
  });

  it.each<[Difference, string]>([
    [{ part: "image content", from: "1234", to: "5678" }, "image content changed (1234 -> 5678)"],
    [{ part: "definition" }, "its definition in the compose files changed"],
  ])("may be %j", (difference, text) => {
    expect(differenceText(difference)).toBe(text);
  });

  it("is told, several at once, variables by name", () => {
    const found = between(
      { image: "a", environment: { B: "1", C: "1", A: "1" } },
      { image: "b", environment: { C: "2", B: "2" }, ports: [] },
    );
    expect(found.map((one) => (one.part === "variable" ? one.name : one.part))).toEqual([
      ...["image", "A", "B", "C", "ports"],
    ]);
  });
});

describe("nothing differs", () => {
  it("between two that are the same", () => {
    expect(between({}, {})).toEqual([]);
  });

  it.each<Partial<ContainerSpec>>([
    { command: "the image's own" },
    { healthCheck: "the image's own" },
    { logging: "the engine's own" },
  ])("where the declaration leaves it open: %j", (from) => {
    expect(between(from, {})).toEqual([]);
  });

  it("about a variable that comes with the image, or may do", () => {
    const from = { environment: { ...CONTAINER_SPEC.environment, PATH: "/bin" } };
    expect(between(from, {}, new Set(["PATH"]))).toEqual([]);
    expect(
      differencesOf({
        from: { ...CONTAINER_SPEC, ...from },
        to: CONTAINER_SPEC,
        imageVariables: undefined,
      }),
    ).toEqual([]);
  });
});
