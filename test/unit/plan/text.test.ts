import { describe, expect, it } from "vitest";
import { headline, planText, whyText } from "../../../src/plan/text.ts";
import type { Plan, Reason, ServicePlan } from "../../../src/plan/types.ts";

const service = (name: string, fields: Partial<ServicePlan> = {}): ServicePlan => ({
  service: name,
  action: "stays",
  reasons: [],
  downtime: false,
  ...fields,
});

const plan = (fields: Partial<Plan> = {}): Plan => ({
  project: "lago-test",
  changes: false,
  services: [],
  downtime: [],
  risks: [],
  projectDrift: [],
  ...fields,
});

const asked: Reason = { part: "restart asked for" };

it("is a table, with what goes down and what is at stake below it", () => {
  const text = planText(
    plan({
      changes: true,
      services: [
        service("db", { action: "recreated", reasons: [asked, { part: "state", message: "x" }] }),
        service("api"),
      ],
      downtime: ["db", "api"],
      risks: [
        { name: "a:db", subject: "db", message: "one", accepted: false },
        { name: "b:x", subject: "x", message: "two", accepted: true },
      ],
    }),
  );
  expect(text.split("\n")).toEqual([
    "Project lago-test changes: 1 recreated, 1 stays.",
    "",
    "SERVICE  ACTION     WHY",
    "db       recreated  restart asked for; x",
    "api      stays      -",
    "",
    "Down for a moment, in this order: db, api",
    "",
    'DATA AT STAKE: one. To accept: allowDataRisk "a:db" (on the command line: --allow-data-risk a:db)',
    'Data at stake, accepted by allowDataRisk "b:x": two.',
  ]);
});

it("writes long reasons of several services once", () => {
  const reasons: Reason[] = [
    { part: "variable", name: "LAGO_FROM_EMAIL", from: "a@b", to: "c@d" },
    { part: "variable", name: "LAGO_SMTP_PASSWORD", to: "#05dfca2d" },
  ];
  const services = ["migrate", "api"].map((name) =>
    service(name, { action: "recreated", reasons }),
  );
  const text = planText(plan({ changes: true, services }));
  expect(text).toContain(
    "migrate  recreated  variable LAGO_FROM_EMAIL changed (a@b -> c@d); variable LAGO_SMTP_PASSWORD is new\n",
  );
  expect(text).toMatch(/api +recreated +the same as migrate$/);
});

it("names the command that accepts a risk, where the settings are those of a stack", () => {
  const risks = [{ name: "a:db", subject: "db", message: "one", accepted: false }];
  expect(planText(plan({ risks }), "prod")).toContain(
    "DATA AT STAKE: one. To accept: ./zbl set prod allowDataRisk a:db",
  );
});

describe("the first line", () => {
  it.each<[Partial<Plan>, string]>([
    [{}, "Project lago-test is as declared: it has no services."],
    [{ services: [service("a"), service("b")] }, "Project lago-test is as declared: 2 stays."],
    [
      { services: [service("a"), service("b", { action: "created" })], changes: true },
      "Project lago-test changes: 1 stays, 1 created.",
    ],
  ])("of %j", (fields, line) => {
    expect(headline(plan(fields))).toBe(line);
    expect(planText(plan(fields)).split("\n")[0]).toBe(line);
  });
});

describe("why", () => {
  it("is a dash where there is nothing to say", () => {
    expect(whyText([])).toBe("-");
  });

  it("is told one by one as long as there are few", () => {
    expect(whyText(Array.from({ length: 8 }, () => asked))).not.toContain("more");
    expect(whyText(Array.from({ length: 9 }, () => asked))).toMatch(/; and 1 more$/);
  });

  it("stays short with a thousand reasons", () => {
    const reasons = Array.from({ length: 1_000 }, (_, index) => ({
      part: "variable" as const,
      name: `NAME_${index}`,
      from: "x".repeat(80),
      to: "y".repeat(80),
    }));
    const text = whyText(reasons);
    expect(text.length).toBeLessThanOrEqual(603);
    expect(text).toMatch(/^variable NAME_0 changed .*\.\.\.$/);
    expect(planText(plan({ services: [service("api", { reasons })] })).length).toBeLessThan(800);
  });

  it("is not cut in the middle of a character", () => {
    for (const before of ["", "x"]) {
      const text = whyText([{ part: "state", message: before + "\u{1f600}".repeat(400) }]);
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBe(603);
    }
  });
});
