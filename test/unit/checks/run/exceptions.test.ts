/** Names in `allowUnsafe` that no finding has. */
import { describe, expect, it } from "vitest";
import { runChecks } from "../../../../src/checks/index.ts";
import { parseComposeModel } from "../../../../src/compose/model.ts";

const MODEL = parseComposeModel(
  JSON.stringify({ services: { api: { image: "getlago/api:v1.50.0" }, db: {} } }),
);
const VARIABLES = { LAGO_API_URL: "http://lago.example.com" };

const about = (name: string) =>
  runChecks({ variables: VARIABLES, model: MODEL, source: "stack", allowUnsafe: [name] }).filter(
    ({ id }) => id === "unknown-exception",
  );

describe("a name in allowUnsafe", () => {
  it.each([
    ["publc-http:LAGO_API_URL", "public-http:LAGO_API_URL"],
    ["public-http:LAGO_API_URI", "public-http:LAGO_API_URL"],
    ["http-public:LAGO_API_URL", "public-http:LAGO_API_URL"],
    ["defualt-secret:SECRET_KEY_BASE", "default-secret:SECRET_KEY_BASE"],
  ])("%s is an error, and %s was meant", (name, meant) => {
    expect(about(name)).toMatchObject([
      { severity: "error", reason: expect.stringContaining(`Did you mean ${meant}?`) },
    ]);
  });

  it.each(["public-http:LAGO_FRONT_URL", "published-database:services.db.ports"])(
    "%s of a finding that is gone is a warning",
    (name) => {
      const [finding] = about(name);
      expect(finding?.reason).not.toContain("Did you mean");
    },
  );

  it("is not named when it is found", () => {
    expect(about("public-http:LAGO_API_URL")).toEqual([]);
  });
});
