import { describe, expect, it } from "vitest";
import { runChecks } from "../../../../src/checks/index.ts";
import { DATABASE_CHECKS } from "../../../../src/checks/rules/database.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";
import { GOOD, type Judged, judge, names, project } from "../subject.ts";

/** Those that look at a part alone: most of these passwords differ from the one in the URL. */
const IDS = DATABASE_CHECKS.map(({ id }) => id).filter((id) => id !== "database-password-differs");

/** What these checks find; URLs and names have findings of their own here. */
const found = (change: Judged) =>
  names(judge(change)).filter((name) => IDS.some((id) => name.startsWith(`${id}:`)));

const withHealthCheck = (test: unknown, variables: Record<string, string>): Judged => ({
  services: { db: { healthcheck: { test } } },
  variables,
});
const LAGOS_TEST = [
  "CMD-SHELL",
  "pg_isready -U ${POSTGRES_USER:-lago} -d ${POSTGRES_DB:-lago} -h localhost -p ${POSTGRES_PORT:-5432}",
];

describe("a password of the bundled database", () => {
  const password = (text: string): Judged => ({ variables: { POSTGRES_PASSWORD: text } });
  const FAULT = ["password-line-break:POSTGRES_PASSWORD"];

  it.each([
    ["two lines", "kR7mZ2vT9qLx\nkR7mZ2vT9qLx", FAULT],
    ["two lines of Windows", "kR7mZ2vT9qLx\r\nkR7mZ2vT9qLx", FAULT],
    ["a line break at the end", "kR7mZ2vT9qLx\n", FAULT],
    ["a line break at the beginning", "\nkR7mZ2vT9qLx", FAULT],
    ["a carriage return at the end", "kR7mZ2vT9qLx\r", FAULT],
    ["control characters that PostgreSQL takes", "kR7mZ\r2vT9\tqLx\u0001", []],
    ["nothing but letters", "kR7mZ2vT9qLx", []],
  ])("of %s", (_what, text, expected) => {
    expect(found(password(text))).toEqual(expected);
    expect(found({ ...password(text), source: "stack" })).toEqual(expected);
  });

  it("is an error that names the setting, the fault and the way out", () => {
    const [finding] = judge({ ...password("kR7mZ2vT9qLx\n"), source: "stack" }).filter(({ id }) =>
      IDS.includes(id),
    );
    expect(finding).toMatchObject({
      severity: "error",
      field: "database.password",
      reason: expect.stringContaining("line break"),
      remedy: expect.stringContaining("remove the line break"),
    });
  });

  it.each([
    ["the database is one's own, by its URL", { DATABASE_URL: "postgresql://u:p@db.acme.com/d" }],
    ["the database is one's own, by its host", { POSTGRES_HOST: "db.acme.com" }],
  ])("is not judged where %s", (_what, own) => {
    const change = { variables: { POSTGRES_PASSWORD: "kR7mZ2vT9qLx\n", ...own } };
    expect(found(change)).toEqual([]);
    expect(found({ ...change, source: "stack" })).toEqual([]);
  });

  it("is judged where the URL names the bundled database", () => {
    const change = { DATABASE_URL: "postgresql://u:p@db:5432/d", POSTGRES_PASSWORD: "a1b2c3d4\n" };
    expect(found({ variables: change, source: "stack" })).toEqual(FAULT);
  });

  it("is not judged where no database runs", () => {
    const { db: _db, ...services } = project().services;
    const model = parseComposeModel(JSON.stringify({ services }));
    const variables = { ...GOOD, POSTGRES_PASSWORD: "kR7mZ2vT9qLx\n" };
    const all = runChecks({ variables, model, source: "stack" });
    expect(names(all)).not.toContain(FAULT[0]);
  });
});

describe("user and name of the bundled database in its health check", () => {
  const USER = "name-in-health-check:POSTGRES_USER";
  const NAME = "name-in-health-check:POSTGRES_DB";

  it.each([
    ["a space", "la go"],
    ["a second command", "lago;id"],
    ["a program's output", "lago$(id)"],
    ["a quote", "la'go"],
    ["a hyphen at the beginning", "-lago"],
    ["a line break", "lago\n"],
    ["a letter that is not ASCII", "lagö"],
  ])("are refused with %s", (_what, text) => {
    const change = withHealthCheck(LAGOS_TEST, { POSTGRES_USER: text, POSTGRES_DB: text });
    expect(found(change)).toEqual([USER, NAME]);
    expect(found({ ...change, source: "stack" })).toEqual([USER, NAME]);
  });

  it("are taken with letters, digits and what no shell reads as its own", () => {
    const names = { POSTGRES_USER: "lago-user.1", POSTGRES_DB: "_Lago" };
    expect(found(withHealthCheck(LAGOS_TEST, names))).toEqual([]);
  });

  it("are not judged where the database is one's own", () => {
    const own = { POSTGRES_USER: "la go", POSTGRES_DB: "la go", POSTGRES_HOST: "db.acme.com" };
    expect(found(withHealthCheck(LAGOS_TEST, own))).toEqual([]);
  });

  it.each([
    ["a text, which is for a shell", "pg_isready -d $POSTGRES_DB", [NAME]],
    ["a variable at the end", ["CMD-SHELL", "pg_isready --dbname=${POSTGRES_DB}"], [NAME]],
    ["no shell", ["CMD", "pg_isready", "-d", "${POSTGRES_DB}"], []],
    ["a variable of the container's", ["CMD-SHELL", 'pg_isready -d "$$POSTGRES_DB"'], []],
    ["quotes", ["CMD-SHELL", "pg_isready -d '${POSTGRES_DB}'"], []],
    ["another variable", ["CMD-SHELL", "pg_isready -d ${POSTGRES_DB_OTHER:-lago}"], []],
    ["nothing", undefined, []],
  ])("are judged by what the check has: %s", (_what, test, expected) => {
    expect(found(withHealthCheck(test, { POSTGRES_DB: "la go" }))).toEqual(expected);
  });
});

describe("the password in the database's URL", () => {
  const files = (url: string) =>
    parseComposeModel(
      JSON.stringify({
        services: {
          "lago-db": { image: "postgres:15", environment: { POSTGRES_PASSWORD: "${DB_PASSWORD}" } },
          "lago-api": { image: "getlago/api", environment: { DATABASE_URL: url } },
        },
      }),
    );
  const differs = (url: string, variables: Record<string, string>) =>
    runChecks({ source: "stack", model: files(url), variables }).filter(
      ({ id }) => id === "database-password-differs",
    );
  const DB_PASSWORD = "kR7mZ2vT9qLx";

  it.each([
    ["the same variable", "postgresql://lago:${DB_PASSWORD}@lago-db:5432/lago", {}],
    ["the same text, encoded", "postgresql://lago:k%527mZ2vT9qLx@lago-db:5432/lago", {}],
    ["a database elsewhere", "postgresql://lago:other@db.example.com:5432/lago", {}],
    ["no password", "postgresql://lago-db:5432/lago", {}],
    ["a text that encodes nothing", "postgresql://lago:%zz@lago-db:5432/lago", {}],
  ])("is no fault for %s", (_, url, more) => {
    expect(differs(url, { DB_PASSWORD, ...more })).toEqual([]);
  });

  it("is one where the two places do not agree, and both are named", () => {
    const url = "postgresql://lago:${DB_PASSWORD}@lago-db:5432/lago";
    const [fault] = differs(url, { DB_PASSWORD, POSTGRES_PASSWORD: "another-Password-1" });
    expect(fault?.severity).toBe("error");
    expect(`${fault?.field} ${fault?.reason}`).toContain(
      "has another password than POSTGRES_PASSWORD gives lago-db",
    );
    expect(JSON.stringify(fault)).not.toContain("another-Password-1");
  });
});
