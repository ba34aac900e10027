/** Variables that are set, and what the compose file makes of them. */
import { describe, expect, it } from "vitest";
import { PASSED_ON_CHECKS } from "../../../../src/checks/rules/passed-on.ts";
import { type Judged, judge } from "../subject.ts";

const IDS = PASSED_ON_CHECKS.map(({ id }) => id);

/** Findings of these checks about one variable, with their weight. */
const about = (variable: string, change: Judged) =>
  judge({ ...change, isComplete: true })
    .filter(({ id, field }) => IDS.includes(id) && field === variable)
    .map(({ id, severity, isMinor = false }) => `${isMinor ? "minor" : severity} ${id}`);

const reasonOf = (variable: string, change: Judged) =>
  judge(change).find(({ id, field }) => IDS.includes(id) && field === variable)?.reason;

/** The back-end services with a change of their environment. */
const backend = (environment: Record<string, string>) => {
  const all = ["migrate", "api", "worker", "clock"];
  return Object.fromEntries(all.map((name) => [name, { environment }]));
};

describe("a value that the file fixes literally", () => {
  const services = backend({ LAGO_DISABLE_SEGMENT: "true", LAGO_SIDEKIQ_WEB: "false" });

  it("is no fault where nobody set the variable", () => {
    const variables = { LAGO_DISABLE_SEGMENT: undefined };
    expect(about("LAGO_DISABLE_SEGMENT", { services, variables })).toEqual(["minor dead-variable"]);
    expect(about("LAGO_SIDEKIQ_WEB", { services, variables })).toEqual(["minor dead-variable"]);
  });

  it("is no fault where the same value is set", () => {
    const variables = { LAGO_DISABLE_SEGMENT: "true", LAGO_SIDEKIQ_WEB: "false" };
    expect(about("LAGO_DISABLE_SEGMENT", { services, variables })).toEqual(["minor dead-variable"]);
    expect(about("LAGO_SIDEKIQ_WEB", { services, variables })).toEqual(["minor dead-variable"]);
  });

  it("is a warning that names both where another value is set", () => {
    const change = { services, variables: { LAGO_SIDEKIQ_WEB: "true" } };
    expect(about("LAGO_SIDEKIQ_WEB", change)).toEqual(["warning overruled-variable"]);
    expect(reasonOf("LAGO_SIDEKIQ_WEB", change)).toBe(
      "has no effect at services.api.environment.LAGO_SIDEKIQ_WEB and 3 more, where the file has another value of its own",
    );
  });

  it("is a warning where it counts in one of the services", () => {
    const change = { services: { worker: { environment: { LAGO_API_URL: "http://api:3000" } } } };
    expect(about("LAGO_API_URL", change)).toEqual(["warning overruled-variable"]);
    expect(reasonOf("LAGO_API_URL", change)).toContain("services.worker.environment.LAGO_API_URL,");
  });

  it("is found under the name that the variable has in the container", () => {
    const change = { services: { front: { environment: { API_URL: "https://else.acme.com" } } } };
    expect(reasonOf("LAGO_API_URL", change)).toContain("services.front.environment.API_URL,");
  });

  it("is found in a URL that the person's part does not stand in", () => {
    const services = backend({ DATABASE_URL: "postgresql://lago:kR7mZ2vT@db:5432/lago" });
    const host = (POSTGRES_HOST: string) => ({ services, variables: { POSTGRES_HOST } });
    expect(about("POSTGRES_HOST", host("db"))).toEqual(["minor dead-variable"]);
    expect(about("POSTGRES_HOST", host("db.acme.com"))).toEqual(["warning overruled-variable"]);
  });
});

describe("a value that comes from a variable of the person's own", () => {
  const services = backend({ SECRET_KEY_BASE: "${BILLING_SECRET}" });

  it("is a warning where Lago's variable has another one", () => {
    const variables = { SECRET_KEY_BASE: "a".repeat(64), BILLING_SECRET: "b".repeat(64) };
    expect(about("SECRET_KEY_BASE", { services, variables })).toEqual([
      "warning overruled-variable",
    ]);
    expect(reasonOf("SECRET_KEY_BASE", { services, variables })).toContain("from BILLING_SECRET");
  });

  it("is no fault where both are the same", () => {
    const variables = { SECRET_KEY_BASE: "a".repeat(64), BILLING_SECRET: "a".repeat(64) };
    expect(about("SECRET_KEY_BASE", { services, variables })).toEqual(["minor dead-variable"]);
  });
});

describe("a variable that is set and reaches no service", () => {
  it("is an error where nothing has a value for it", () => {
    expect(about("LAGO_WEBHOOK_ATTEMPTS", { variables: { LAGO_WEBHOOK_ATTEMPTS: "5" } })).toEqual([
      "error dead-variable",
    ]);
  });

  it("is an error where the file makes a value of other settings of Lago", () => {
    const change = { variables: { DATABASE_URL: "postgresql://lago:kR7mZ2vT@db.acme.com/lago" } };
    expect(about("DATABASE_URL", change)).toEqual(["error dead-variable"]);
    expect(reasonOf("DATABASE_URL", change)).toContain(
      "which comes from POSTGRES_HOST, POSTGRES_PASSWORD",
    );
  });

  it("is minor where the files have no service that reads it", () => {
    const variables = { LAGO_SUPERSET_URL: "https://superset.acme.com" };
    const change = { variables, services: { front: { image: "nginx:1.27" } } };
    expect(about("LAGO_SUPERSET_URL", change)).toEqual(["minor dead-variable"]);
  });
});

describe("a variable that some services do not get", () => {
  const environment = { REDIS_URL: "redis://redis:6379" };

  it("is a warning where it is set, and minor where nobody did", () => {
    const services = { worker: { environment } };
    expect(about("LAGO_FRONT_URL", { services })).toEqual(["warning partly-passed"]);
    const unset = { LAGO_FRONT_URL: undefined };
    expect(about("LAGO_FRONT_URL", { services, variables: unset })).toEqual([
      "minor partly-passed",
    ]);
  });

  it("is a warning where the others have the same value of the file's own", () => {
    const own = { environment: { ...environment, LAGO_FRONT_URL: "https://billing.acme.com" } };
    const change = { services: { api: own, worker: { environment } } };
    expect(about("LAGO_FRONT_URL", change)).toEqual(["warning partly-passed"]);
  });
});
