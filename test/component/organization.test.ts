/** A `LagoStack` that opens an organization. */
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { resolved, reveal, secretPaths } from "../support/pulumi-mocks.ts";
import { build, environmentOf, outputsOf } from "./stack.ts";

const organization = { name: "Acme", email: "you@acme.example" };
const LOGIN = { ...organization, password: "hunter2-made", apiKey: "hunter2-key" };
const NAMES = [
  "LAGO_CREATE_ORG",
  "LAGO_ORG_API_KEY",
  "LAGO_ORG_NAME",
  "LAGO_ORG_USER_EMAIL",
  "LAGO_ORG_USER_PASSWORD",
];

const withLogin = {
  outputs: (resource: Parameters<typeof outputsOf>[0]) =>
    resource.type.endsWith(":Login") ? { login: LOGIN } : outputsOf(resource),
};

const organizationNames = (environment: object) =>
  Object.keys(environment).filter((name) => /CREATE_ORG|LAGO_ORG_/.test(name));

describe("an organization", () => {
  it("is opened by the start alone: its variables are in no service", async () => {
    const { byName, resources } = await build({ organization }, withLogin);
    const { environment } = reveal<{ environment: Record<string, string> }>(
      byName("lago-deployment").inputs,
    );
    expect(environment).toMatchObject({
      LAGO_CREATE_ORG: "true",
      LAGO_ORG_NAME: "Acme",
      LAGO_ORG_USER_EMAIL: "you@acme.example",
      LAGO_ORG_USER_PASSWORD: "hunter2-made",
      LAGO_ORG_API_KEY: "hunter2-key",
    });
    const services = resources.filter(({ type }) => type.endsWith(":Service"));
    expect(services.length).toBeGreaterThan(0);
    for (const { inputs } of services) {
      expect(organizationNames(reveal<{ environment: object }>(inputs).environment)).toEqual([]);
    }
    const { spec } = reveal<{ spec: { variables: string[] } }>(byName("lago-project").inputs);
    expect(spec.variables).toEqual(expect.arrayContaining(NAMES));
  });

  it("has its secrets kept secret, and its login as a secret output", async () => {
    const { byName, stack } = await build(
      { organization, config: { apiKey: "hunter2-given" } },
      withLogin,
    );
    const secret = secretPaths(byName("lago-deployment").inputs);
    expect(secret).toContain("environment.LAGO_ORG_USER_PASSWORD");
    expect(secret).toContain("environment.LAGO_ORG_API_KEY");
    expect(secret).not.toContain("environment.LAGO_ORG_NAME");
    expect(secretPaths(byName("lago-login").inputs)).toContain("apiKey");
    expect(byName("lago-login").additionalSecretOutputs).toContain("login");
    expect(await pulumi.isSecret(stack.login)).toBe(true);
    expect(await resolved(stack.login)).toEqual({
      url: "http://localhost:80",
      email: "you@acme.example",
      password: "hunter2-made",
      apiKey: "hunter2-key",
    });
  });

  it("closes sign-up, unless the config says otherwise", async () => {
    const closed = await environmentOf({ organization }, withLogin);
    expect(reveal(closed.LAGO_DISABLE_SIGNUP)).toBe("true");
    const config = { disableSignup: false };
    const open = await environmentOf({ organization, config }, withLogin);
    expect(reveal(open.LAGO_DISABLE_SIGNUP)).toBe("false");
    expect(reveal((await environmentOf()).LAGO_DISABLE_SIGNUP)).toBe("false");
  });

  it("makes a public deployment safe without an exception", async () => {
    const config = { apiUrl: "https://api.example.com", frontUrl: "https://example.com" };
    const environment = await environmentOf({ organization, config }, withLogin);
    expect(reveal(environment.LAGO_FRONT_URL)).toBe("https://example.com");
  });

  it("leaves no trace in a stack without one", async () => {
    const { resources, stack } = await build();
    expect(resources.map(({ name }) => name)).not.toContain("lago-login");
    expect(await resolved(stack.login)).toBeUndefined();
    expect(organizationNames(await environmentOf())).toEqual([]);
  });
});
