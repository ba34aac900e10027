import { describe, expect, it } from "vitest";
import { makePlan } from "../../../src/plan/plan.ts";
import { whyText } from "../../../src/plan/text.ts";
import type { PlanInput, ServiceAction } from "../../../src/plan/types.ts";
import { container, declared, observed, subject } from "../../support/plans.ts";

const on = (name: string, restart = false) => ({ name, restart });

/** What happens to each service, and why. */
function actions(plan: PlanInput): Record<string, [ServiceAction, string]> {
  return Object.fromEntries(
    makePlan(plan).services.map(({ service, action, reasons }) => [
      service,
      [action, whyText(reasons)],
    ]),
  );
}

const order = (plan: PlanInput) => makePlan(plan).services.map(({ service }) => service);

describe("the order", () => {
  it("is that of dependencies, and by name where there are none", () => {
    const services = [
      declared("api", { dependsOn: [on("migrate"), on("db")] }),
      declared("db"),
      declared("front", { dependsOn: [on("api")] }),
      declared("migrate", { dependsOn: [on("db")] }),
      declared("pdf"),
    ];
    expect(order(subject(services, []))).toEqual(["db", "migrate", "api", "front", "pdf"]);
  });

  it("does not mind one that is not there, nor a circle", () => {
    const services = [
      declared("a", { dependsOn: [on("b"), on("gone")] }),
      declared("b", { dependsOn: [on("c")] }),
      declared("c", { dependsOn: [on("a"), on("c")] }),
    ];
    expect(order(subject(services, []))).toEqual(["c", "b", "a"]);
  });

  it("ends with the undeclared", () => {
    const running = [container("z"), container("a"), container("b")];
    expect(order(subject([declared("b")], running))).toEqual(["b", "z", "a"]);
  });
});

describe("a service that is replaced", () => {
  // `db` changes. `api` wants to be restarted with it, `pdf` does not; `front` hangs on `pdf` only.
  const services = [
    declared("api", { dependsOn: [on("db", true)] }),
    declared("db", { configHash: "new" }),
    declared("front", { dependsOn: [on("pdf")] }),
    declared("pdf", { dependsOn: [on("db")] }),
    declared("worker"),
  ];
  const running = services.map(({ name }) => container(name));

  it.each(["2.24.4", "2.26.1", "2.29.6"])(
    "has all its dependants replaced by compose %s",
    (composeVersion) => {
      expect(actions(subject(services, running, { composeVersion }))).toEqual({
        api: ["recreated", "db is replaced"],
        db: ["recreated", "its definition in the compose files changed"],
        front: ["recreated", "pdf is replaced"],
        pdf: ["recreated", "db is replaced"],
        worker: ["stays", "-"],
      });
    },
  );

  it.each(["2.29.7", "2.30.0", "5.6.0"])(
    "has those restarted that ask for it by compose %s",
    (composeVersion) => {
      const plan = subject(services, running, { composeVersion });
      expect(actions(plan)).toEqual({
        api: ["restarted", "db is replaced"],
        db: ["recreated", "its definition in the compose files changed"],
        front: ["stays", "-"],
        pdf: ["stays", "-"],
        worker: ["stays", "-"],
      });
      expect(makePlan(plan).downtime).toEqual(["db", "api"]);
    },
  );

  it("takes those down that ran, dependencies first", () => {
    const some = running.map((one) => (one.service === "pdf" ? { ...one, state: "exited" } : one));
    expect(makePlan(subject(services, some)).downtime).toEqual(["db", "api", "front"]);
  });

  it("does nothing more to one that is made anew or does not exist", () => {
    const [api, ...others] = services;
    const changed = [{ ...(api ?? declared("api")), configHash: "new" }, ...others];
    const some = running.filter(({ service }) => service !== "pdf");
    expect(actions(subject(changed, some))).toMatchObject({
      api: ["recreated", "its definition in the compose files changed"],
      pdf: ["created", "-"],
      front: ["stays", "-"],
    });
  });

  it("comes on top of what happens to a one-shot and to one that had ended", () => {
    const both = [
      declared("db", { configHash: "new" }),
      declared("migrate", { oneShot: true, dependsOn: [on("db", true)] }),
      declared("pdf", { dependsOn: [on("db", true)] }),
    ];
    const ended = (name: string) => container(name, { state: "exited" });
    const found = [container("db"), ended("migrate"), ended("pdf")];
    expect(actions(subject(both, found, { composeVersion: "5.6.0" }))).toMatchObject({
      migrate: ["runs again", "db is replaced"],
      pdf: ["started", "it had ended with exit code 0; db is replaced"],
    });
    expect(actions(subject(both, found))).toMatchObject({
      migrate: ["recreated", "db is replaced"],
      pdf: ["recreated", "it had ended with exit code 0; db is replaced"],
    });
  });

  it("is named with all others that are", () => {
    const two = [
      declared("a", { configHash: "new" }),
      declared("b", { configHash: "new" }),
      declared("c", { dependsOn: [on("a"), on("b")] }),
    ];
    const found = two.map(({ name }) => container(name));
    expect(actions(subject(two, found)).c).toEqual(["recreated", "a and b are replaced"]);
  });
});

describe("the undeclared", () => {
  it("is removed where that was allowed, and left alone where not", () => {
    const running = [container("api"), container("api-events-worker")];
    const removable = new Set(["api-events-worker"]);
    const allowed = subject([declared("api")], running, { removable });
    expect(actions(allowed)["api-events-worker"]).toEqual(["removed", "it is not declared"]);
    expect(makePlan(allowed).changes).toBe(true);

    const others = subject([declared("api")], running);
    expect(actions(others)["api-events-worker"]).toEqual(["left alone", "it is not declared"]);
    expect(makePlan(others).changes).toBe(false);
  });

  it("is told once, however many containers it has", () => {
    expect(order(subject([], [container("x"), container("x")]))).toEqual(["x"]);
  });
});

describe("whether anything changes", () => {
  const one = (state: string, oneShot = false) =>
    makePlan(subject([declared("api", { oneShot })], [container("api", { state })])).changes;

  it("is not so for what stays and for one-shots that run once more", () => {
    expect(one("running")).toBe(false);
    expect(one("exited", true)).toBe(false);
    expect(makePlan(subject([], [])).changes).toBe(false);
  });

  it("is so for all else", () => {
    expect(one("exited")).toBe(true);
    expect(makePlan(subject([declared("api")], [])).changes).toBe(true);
  });
});

it("has the project's name and its risks", () => {
  const plan = makePlan(
    subject([declared("api")], [container("api")], {
      volumes: ["lago-test_data"],
      observed: observed([container("api")], { volumes: [] }),
    }),
  );
  expect(plan.project).toBe("lago-test");
  expect(plan.risks.map((risk) => risk.subject)).toEqual(["lago-test_data"]);
});

it("lists drift that no declared service has", () => {
  const running = [container("api", { state: "exited" }), container("other")];
  const fields = { volumes: ["lago_data"], observed: observed(running, { volumes: ["lago_x"] }) };
  expect(makePlan(subject([declared("api")], running, fields)).projectDrift).toEqual([
    { kind: "orphan", subject: "other", message: expect.stringContaining("is not declared") },
    { kind: "volume", subject: "lago_data", message: "volume lago_data does not exist" },
  ]);
});
