/** Addresses of Lago and its switch of sign-up that nobody chose, without Pulumi. */
import { describe, expect, it } from "vitest";
import { LagoDeployment } from "../../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../../src/deployment/options.ts";
import { useFakeDocker } from "../../../../testing/scripted-docker/fake-docker.ts";
import { LAGO_PATH } from "../../../support/sample.ts";

type Environment = Readonly<Record<string, string>> | readonly string[];

const SOUND = {
  SECRET_KEY_BASE: "d7f0c1a94be25683705efa1c6b9d8420e35f7a16c8b2490d",
  LAGO_ENCRYPTION_PRIMARY_KEY: "vN3qZ8rT1xW6yB4mK7pL2sD9fG5hJ0aC",
  LAGO_ENCRYPTION_DETERMINISTIC_KEY: "eR5tY7uI9oP1aS3dF6gH8jK0lZ2xC4vB",
  LAGO_ENCRYPTION_KEY_DERIVATION_SALT: "qW2eR4tY6uI8oP0aS1dF3gH5jK7lZ9xC",
};

/** Starts an api with a port of its own, and returns the values that compose is called with. */
async function started(
  environment: Environment,
  options: LagoDeploymentOptions = {},
  network: Readonly<Record<string, unknown>> = {
    ports: [{ target: 3000, published: "24310", protocol: "tcp" }],
  },
) {
  const api = { image: "getlago/api:v1.50.0", environment, ...network };
  const docker = useFakeDocker({ config: { stdout: JSON.stringify({ services: { api } }) } });
  const deployment = new LagoDeployment(LAGO_PATH, {
    projectName: "lago-test",
    environment: SOUND,
    ...options,
  });
  await deployment.start();
  return docker.call("up");
}

describe("the address of the api", () => {
  it.each<[string, Environment, LagoDeploymentOptions, string]>([
    ["the file's port", {}, {}, "http://localhost:24310"],
    ["a chosen port", {}, { ports: { api: 4000 } }, "http://localhost:4000"],
    [
      "the file's port instead of a local default",
      { LAGO_API_URL: "${LAGO_API_URL:-http://localhost:3000}" },
      {},
      "http://localhost:24310",
    ],
    [
      "the file's default",
      { LAGO_API_URL: "${LAGO_API_URL:-https://api.acme.example}" },
      {},
      "https://api.acme.example",
    ],
    [
      "a chosen one",
      { LAGO_API_URL: "${LAGO_API_URL:-https://api.acme.example}" },
      { environment: { ...SOUND, LAGO_API_URL: "https://other.acme.example" } },
      "https://other.acme.example",
    ],
  ])("is %s", async (_, environment, options, url) => {
    expect((await started(environment, options)).env.LAGO_API_URL).toBe(url);
  });

  it.each<[string, Environment]>([
    ["map", { LAGO_API_URL: "http://127.0.0.1:24310" }],
    ["list", ["LAGO_API_URL=http://127.0.0.1:24310"]],
  ])("stays as the file has it literally, in a %s", async (_, environment) => {
    expect((await started(environment)).stdin).not.toContain('"LAGO_API_URL"');
  });
});

it("leaves the address to the file where the api has no port of its own", async () => {
  const environment = { LAGO_API_URL: "${LAGO_API_URL:-http://localhost:24310}" };
  const { env } = await started(environment, {}, { network_mode: "host" });
  expect(env.LAGO_API_URL).toBe("http://localhost:24310");
});

it("leaves sign-up closed where only the file closes it", async () => {
  const environment = { LAGO_DISABLE_SIGNUP: "${LAGO_DISABLE_SIGNUP:-true}" };
  expect((await started(environment)).env.LAGO_DISABLE_SIGNUP).toBe("true");
});
