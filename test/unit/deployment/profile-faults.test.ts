import { describe, expect, it } from "vitest";
import { parseComposeModel } from "../../../src/compose/model.ts";
import { profileFaults } from "../../../src/deployment/profile-faults.ts";

const MODEL = parseComposeModel(
  JSON.stringify({ services: { api: {}, mailer: { profiles: ["mail", "all"] } } }),
);
const NONE = parseComposeModel(JSON.stringify({ services: { api: {} } }));

describe("profiles", () => {
  it.each([[["mail"]], [["all", "mail"]], [["*"]], [[]]])("%j are there", (profiles) => {
    expect(profileFaults(MODEL, profiles)).toEqual([]);
  });

  it("that no service has are told with the near one", () => {
    expect(profileFaults(MODEL, ["maill"])).toEqual([
      {
        field: "profiles",
        message: "no service has the profile maill. Did you mean mail? The profiles are all, mail",
      },
    ]);
    expect(profileFaults(NONE, ["mail"])[0]?.message).toContain("The files have no profiles");
  });
});
