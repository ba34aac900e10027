import { describe, expect, it } from "vitest";
import { VARIABLES } from "../../../src/lago/catalogue/index.ts";
import {
  ORGANIZATION_VARIABLES,
  opensOrganization,
  ownerVariables,
  withoutOrganization,
  withSignupClosed,
} from "../../../src/lago/first-organization.ts";

const OWNER = { name: "Acme", email: "you@acme.example" };

describe("the variables of the first organization", () => {
  it("are those that the catalogue gives to the migration alone", () => {
    const known = VARIABLES.filter(
      ({ roles, group }) =>
        roles.join() === "migrate" && group === "Sign-up and first organization",
    ).map(({ name }) => name);
    expect([...ORGANIZATION_VARIABLES].sort()).toEqual(known.sort());
  });

  it("are all taken out, and nothing else", () => {
    const all = Object.fromEntries(ORGANIZATION_VARIABLES.map((name) => [name, "x"]));
    expect(withoutOrganization({ ...all, LAGO_API_URL: "kept" })).toEqual({ LAGO_API_URL: "kept" });
  });

  it("open an organization by exactly the word that Lago compares with", () => {
    expect(opensOrganization(ownerVariables(OWNER))).toBe(true);
    expect(opensOrganization({ LAGO_CREATE_ORG: "yes" })).toBe(false);
    expect(opensOrganization({})).toBe(false);
  });
});

describe("sign-up", () => {
  it("is closed beside an organization, unless somebody opens it", () => {
    expect(withSignupClosed({}, OWNER)).toEqual({ disableSignup: true });
    expect(withSignupClosed({ disableSignup: false }, OWNER)).toEqual({ disableSignup: false });
    expect(withSignupClosed({}, undefined)).toEqual({});
  });
});
