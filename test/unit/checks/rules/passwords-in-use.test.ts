/** Passwords with characters that a URL encodes. */
import { describe, expect, it } from "vitest";
import { judge, names } from "../subject.ts";

/** Findings for files whose own URL has this password, beside a database with another form of it. */
const found = (inUrl: string) => {
  const environment = { DATABASE_URL: `postgresql://lago:${inUrl}@db:5432/lago` };
  const db = { environment: { POSTGRES_PASSWORD: "kR7@mZ_${SUFFIX}" } };
  const services = { db, api: { environment }, worker: { environment } };
  const variables = { SUFFIX: "vT9qLx", POSTGRES_PASSWORD: undefined };
  return names(judge({ services, variables })).filter((name) => name.includes("password"));
};

describe("a password that a URL has to encode", () => {
  it("is right where the file encodes it", () => {
    expect(found("kR7%40mZ_${SUFFIX}")).toEqual([]);
  });

  it("is found where the file does not", () => {
    expect(found("kR7@mZ_${SUFFIX}")).toContain("password-in-url:POSTGRES_PASSWORD");
  });
});
