import { describe, expect, it } from "vitest";
import { answerFault, settingsOf } from "../../../../src/cli/init/answers.ts";
import type { DeployError } from "../../../../src/errors.ts";

describe("answers", () => {
  it("become settings, by the names of the stack's config", () => {
    const settings = settingsOf({
      stack: "dev",
      projectName: "",
      apiUrl: "https://billing-api.example.com",
      apiPort: "auto",
      frontPort: "8080",
      release: "v1.50.0",
      organizationName: "Acme",
      organizationEmail: "you@acme.example",
      disableSignup: true,
    });
    expect(Object.fromEntries(settings)).toEqual({
      apiUrl: "https://billing-api.example.com",
      "ports.api": "auto",
      "ports.front": "8080",
      version: "v1.50.0",
      "organization.name": "Acme",
      "organization.email": "you@acme.example",
      disableSignup: "true",
    });
  });

  it("that are wrong are told all at once", () => {
    const answers = {
      stack: "a b",
      projectName: "A!",
      apiUrl: "nope",
      frontPort: "99999",
      address: "here",
      release: "newest",
      organizationName: "Acme",
    };
    try {
      settingsOf(answers);
      expect.unreachable();
    } catch (error) {
      const { issues } = error as DeployError;
      expect(issues.map(({ field }) => field).sort()).toEqual(
        [
          ...["apiUrl", "organization.email", "ports.address", "ports.front", "projectName"],
          ...["stack", "version"],
        ].sort(),
      );
    }
  });

  it.each([
    ["stack", "dev", undefined],
    ["stack", "org/z-billing-lago/dev", undefined],
    ["stack", "", "no name of a stack"],
    ["apiPort", "auto", undefined],
    ["apiPort", "80", undefined],
    ["apiPort", "-1", "expected a port"],
    ["frontUrl", "", undefined],
    ["frontUrl", "ftp://x", "expected a URL"],
    ["organizationName", "Acme", undefined],
    ["organizationName", " ", "expected a name"],
    ["organizationEmail", "you@acme.example", undefined],
    ["organizationEmail", "you", "expected the e-mail address"],
    ["organizationEmail", "", "expected the e-mail address"],
  ] as const)("are judged one by one: %s %j", (question, answer, fault) => {
    const found = answerFault(question, answer);
    expect(fault === undefined ? found : found?.includes(fault)).toBe(
      fault === undefined ? undefined : true,
    );
  });
});
