/** A small deployment for tests that need one: what compose says of its file, and its settings. */
import { inspect } from "node:util";
import { LagoDeployment } from "../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../src/deployment/options.ts";
import { DeployError } from "../../src/errors.ts";
import { LagoConfig } from "../../src/lago/config/lago-config.ts";
import type { Script } from "../../testing/scripted-docker/answers.ts";
import { fixture, fixturePath } from "./fixtures.ts";

/** A folder with a compose file; what the fake docker says of it is up to the test. */
export const LAGO_PATH = fixturePath("compose", "every-feature");

/** Its only compose file. */
export const COMPOSE_FILE = fixturePath("compose", "every-feature", "docker-compose.yml");

/** Compose's own view of that file. */
export const EVERY_FEATURE: Script = {
  config: { stdout: fixture("compose", "every-feature", "config.json") },
};

/** A deployment of a database, a migration and an api. */
export const SMALL: Script = {
  config: {
    stdout: JSON.stringify({
      services: {
        db: { image: "getlago/postgres-partman:15.0-alpine", healthcheck: { test: ["CMD", "x"] } },
        migrate: {
          image: "getlago/api:v1.50.0",
          command: ["sh", "-c", "./scripts/generate.rsa.sh && ./scripts/migrate.sh"],
        },
        api: {
          image: "getlago/api:v1.50.0",
          healthcheck: { test: ["CMD", "x"] },
          environment: {
            SECRET_KEY_BASE: "${SECRET_KEY_BASE:?set it}",
            // Sound values, so that the checks let the deployment pass.
            LAGO_ENCRYPTION_PRIMARY_KEY: "vN3qZ8rT1xW6yB4mK7pL2sD9fG5hJ0aC",
            LAGO_ENCRYPTION_DETERMINISTIC_KEY: "eR5tY7uI9oP1aS3dF6gH8jK0lZ2xC4vB",
            LAGO_ENCRYPTION_KEY_DERIVATION_SALT: "qW2eR4tY6uI8oP0aS1dF3gH5jK7lZ9xC",
          },
          depends_on: { migrate: { condition: "service_completed_successfully" } },
        },
      },
    }),
  },
};

/** Values that must never show up anywhere. */
export const SECRETS = {
  password: "hunter2-p@ss/w#rd",
  secretKeyBase: "d7f0c1a94be25683705efa1c6b9d8420e35f7a16c8b2490d",
  apiKey: "lago_key-hunter2-1234567890",
} as const;

/** Settings that hold all of {@link SECRETS}. */
export function secretConfig(): LagoConfig {
  const password = encodeURIComponent(SECRETS.password);
  return new LagoConfig({
    databaseUrl: `postgresql://lago:${password}@db:5432/lago`,
    secretKeyBase: SECRETS.secretKeyBase,
    apiKey: SECRETS.apiKey,
  });
}

/** The secrets that a text gives away, in any form in which programs print them. */
export function secretsIn(text: string): string[] {
  const forms = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    Buffer.from(secret).toString("base64url"),
  ];
  return Object.entries(SECRETS)
    .filter(([, secret]) => forms(secret).some((form) => text.includes(form)))
    .map(([name]) => name);
}

/** The deployment of {@link LAGO_PATH} as project `lago-test`. */
export function deploymentOf(options: LagoDeploymentOptions = {}, config = secretConfig()) {
  return new LagoDeployment(LAGO_PATH, { projectName: "lago-test", ...options }, config);
}

/** The error that an operation must end with. */
export async function errorOf(operation: Promise<unknown>): Promise<DeployError> {
  const error = await operation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!DeployError.isDeployError(error)) {
    throw new Error(`expected a DeployError, got ${inspect(error)}`);
  }
  return error;
}
