import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { deploymentOf, SECRETS, secretsIn } from "../../support/sample.ts";

describe("the api key", () => {
  it("reaches Lago by the name that Lago reads", () => {
    const { environment } = deploymentOf();
    expect(environment.LAGO_ORG_API_KEY).toBe(SECRETS.apiKey);
  });

  it("gives way to one that was given by that name", () => {
    const { environment } = deploymentOf({ environment: { LAGO_ORG_API_KEY: "other" } });
    expect(environment.LAGO_ORG_API_KEY).toBe("other");
  });
});

it("takes further variables over those of the config", () => {
  const { environment } = deploymentOf({ environment: { LAGO_API_URL: "https://x" } });
  expect(environment.LAGO_API_URL).toBe("https://x");
});

it("shows no secret when it is printed", () => {
  expect(secretsIn(inspect(deploymentOf(), { depth: 10 }))).toEqual([]);
});
