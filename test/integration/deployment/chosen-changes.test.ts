/** Deployments that plain compose made: compose itself says that their services are the very same. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseProjectEnvFile } from "../../../src/compose/env-file/compose-environment.ts";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../../../src/deployment/options.ts";
import { openOrganization } from "../../../src/deployment/organization.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { filledIn, folderOf, secretsOfLago } from "../../support/plain-compose.ts";

const PROJECT = "zbl-test-adopted";

/** Hashes of the services by which compose knows whether a container is up to date. */
async function plainHashes(folder: string): Promise<Record<string, string>> {
  return Object.fromEntries((await filledIn(folder, PROJECT)).hashes);
}

async function ourHashes(folder: string, options: LagoDeploymentOptions = {}) {
  const file = join(folder, ".env");
  const { variables } = readdirSync(folder).includes(".env")
    ? parseProjectEnvFile(readFileSync(file), file, {})
    : { variables: {} };
  const given = { projectName: PROJECT, adopted: true, environment: variables };
  const { services } = await new LagoDeployment(folder, { ...given, ...options }).resolve();
  return Object.fromEntries(services.map(({ name, configHash }) => [name, configHash]));
}

async function cases(name: string): Promise<string> {
  const secrets = await secretsOfLago();
  const { POSTGRES_PASSWORD, ...keys } = secrets;
  switch (name) {
    case "adopt-named":
      return folderOf(name, { ".env": { ...secrets, API_PORT: "24399" } });
    case "adopt-prefixed":
      return folderOf(name, {
        ".env": {
          BILLING_DB_PASSWORD: "p@ss",
          BILLING_SECRET: secrets.SECRET_KEY_BASE,
          BILLING_RSA: secrets.LAGO_RSA_PRIVATE_KEY,
          ...{ BILLING_KEY_A: "a", BILLING_KEY_B: "b", BILLING_SALT: "c" },
        },
      });
    default:
      return folderOf(name, {
        "db.env": { POSTGRES_PASSWORD },
        "lago.env": { ...keys, DATABASE_URL: `postgresql://lago:${POSTGRES_PASSWORD}@db/lago` },
      });
  }
}

describe("a deployment of plain compose", () => {
  it.each(["adopt-named", "adopt-prefixed", "adopt-env-file"])(
    "is made of the very same services: %s",
    async (name) => {
      const folder = await cases(name);
      const plain = await plainHashes(folder);
      expect(Object.keys(plain).length).toBeGreaterThan(4);
      expect(await ourHashes(folder)).toEqual(plain);
      // Of any other deployment each service changes.
      const others = await ourHashes(folder, { adopted: false });
      expect(Object.keys(plain).filter((one) => others[one] === plain[one])).toEqual([]);
    },
  );

  it("changes in the services that somebody changes", async () => {
    const folder = await cases("adopt-named");
    const plain = await plainHashes(folder);
    const ours = await ourHashes(folder, { memoryLimits: { front: "256m" } });
    expect(Object.keys(plain).filter((one) => ours[one] !== plain[one])).toEqual(["front"]);
  });

  it("keeps the variables of an organization that its files pass on, and opens none itself", async () => {
    const environment = {
      SECRET_KEY_BASE: "${SECRET_KEY_BASE}",
      LAGO_CREATE_ORG: "${LAGO_CREATE_ORG}",
      LAGO_ORG_NAME: "${LAGO_ORG_NAME}",
    };
    const services = {
      api: { image: "getlago/api:v1.50.0", environment },
      migrate: { image: "getlago/api:v1.50.0", command: ["./scripts/migrate.sh"], environment },
    };
    const docker = useFakeDocker({ config: { stdout: JSON.stringify({ services }) } });
    const given = {
      LAGO_CREATE_ORG: "true",
      LAGO_ORG_NAME: "Acme",
      LAGO_ORG_USER_EMAIL: "a@b.example",
    };
    const folder = folderOf("adopt-named");
    const deployment = new LagoDeployment(folder, { adopted: true, environment: given });
    await deployment.start();
    const { env } = docker.call("up");
    expect(env).toMatchObject({ LAGO_CREATE_ORG: "true", LAGO_ORG_NAME: "Acme" });
    // Nothing else would pass it on for good.
    expect(env).not.toHaveProperty("LAGO_ORG_USER_EMAIL");
    await openOrganization(deployment, 1000);
    expect(docker.calls("run")).toEqual([]);
  });
});
