import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { deploymentOf, SECRETS, secretsIn } from "../../../support/sample.ts";

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

describe("a Redis password that nobody chose", () => {
  async function sentTo(image: string, redisPasswordIsMade: boolean): Promise<string | undefined> {
    const services = { redis: { image }, api: { image: "getlago/api:v1.50.0" } };
    const docker = useFakeDocker({ config: { stdout: JSON.stringify({ services }) } });
    const environment = { REDIS_PASSWORD: "of-32-letters-and-digits" };
    await deploymentOf({ environment, redisPasswordIsMade }).start();
    return docker.call("up").env.REDIS_PASSWORD;
  }

  it("is sent only where the files' own Redis can have one", async () => {
    expect(await sentTo("redis:7-alpine", true)).toBe("of-32-letters-and-digits");
    expect(await sentTo("bitnami/redis:7", true)).toBe("");
    expect(await sentTo("bitnami/redis:7", false)).toBe("of-32-letters-and-digits");
  });
});
