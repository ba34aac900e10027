import { describe, expect, it } from "vitest";
import type { Plan } from "../../../../src/plan/types.ts";
import { planLine, plansOf, risksLine, warningsOf } from "../../../../src/pulumi/cli/plans.ts";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const type = "pulumi-nodejs:dynamic/lago:Service";

/** A step of a service; `settings` are unknown where a key changes. */
function step(op: string, service: string, settings = UNKNOWN, more: object = {}) {
  const state = {
    type,
    inputs: { projectName: "lago-a", service, settings, ...more },
    outputs: {},
  };
  const urn = `lago-a/${service}`;
  return op === "delete" ? { op, urn, oldState: state } : { op, urn, newState: state };
}

const actionsOf = ([plan]: readonly Plan[]) =>
  plan?.services.map(({ service, action, downtime }) => [service, action, downtime]);

const LOGGED: Plan = {
  ...{ project: "lago-a", changes: false, services: [], downtime: [] },
  ...{ risks: [], projectDrift: [] },
};

describe("the plans of a preview", () => {
  it("are made of a program that logs none, since a key of it changes", () => {
    const steps = [
      step("refresh", "api", "#1"),
      step("refresh", "db", "#2"),
      step("refresh", "old", "#3"),
      step("update", "api"),
      step("update", "migrate", UNKNOWN, { oneShot: true }),
      step("create", "worker"),
      step("delete", "old", "#3"),
    ];
    const plans = plansOf({ steps, diagnostics: [] });
    expect(actionsOf(plans)).toEqual([
      ["api", "recreated", true],
      ["db", "stays", false],
      ["migrate", "recreated", false],
      ["old", "removed", true],
      ["worker", "created", false],
    ]);
    expect(plans[0]?.changes).toBe(true);
    expect(plans[0]?.services[0]?.reasons).toEqual([
      { part: "state", message: expect.stringContaining("a key or a computed value changes") },
    ]);
  });

  it("give no reasons for a deployment that is new", () => {
    const [plan] = plansOf({ steps: [step("create", "api")], diagnostics: [] });
    expect(plan?.services).toEqual([
      { service: "api", action: "created", reasons: [], downtime: false },
    ]);
  });

  it("are those that the program logged, where it did", () => {
    const diagnostics = [{ severity: "info" as const, message: planLine(LOGGED) }];
    expect(plansOf({ steps: [step("update", "api")], diagnostics })).toEqual([LOGGED]);
  });

  it("have the risks that the program logged beside them, as of a deployment that is new", () => {
    const risk = {
      name: "empty-beside:a",
      subject: "a",
      message: "would begin EMPTY",
      accepted: false,
    };
    const diagnostics = [{ severity: "info" as const, message: risksLine("lago-a", [risk]) }];
    const [plan] = plansOf({ steps: [step("create", "api")], diagnostics });
    expect(plan?.risks).toEqual([risk]);
    const other = [{ severity: "info" as const, message: risksLine("other", [risk]) }];
    expect(plansOf({ steps: [step("create", "api")], diagnostics: other })[0]?.risks).toEqual([]);
  });

  it("are none of a deployment that the program knows and could not plan", () => {
    const steps = [step("refresh", "api", "#1"), step("update", "db", "#2")];
    expect(plansOf({ steps, diagnostics: [] })).toEqual([]);
  });
});

describe("the warnings of a preview", () => {
  it("are those of the program, without Pulumi's on outputs that a stack does not have", () => {
    const diagnostics = [
      {
        severity: "warning" as const,
        message: "warning: Undefined value (login) will not show as a stack output.\n",
      },
      { severity: "warning" as const, message: "warning: telemetry is on\n" },
      { severity: "info" as const, message: "hello" },
    ];
    expect(warningsOf({ steps: [], diagnostics })).toEqual(["telemetry is on"]);
  });
});
