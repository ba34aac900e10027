/** Keys of compose files that have keys of their own. */
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { resolved, reveal } from "../support/pulumi-mocks.ts";
import { build, COMPOSE, KEYS } from "./stack.ts";

const SECRET_KEY_BASE = randomBytes(64).toString("hex");
const DATABASE = randomBytes(16).toString("hex");
const PRIMARY = randomBytes(16).toString("hex");
const CHOSEN = randomBytes(64).toString("hex");

const api = {
  image: "getlago/api:v1.50.0",
  environment: {
    SECRET_KEY_BASE,
    DATABASE_URL: "postgresql://lago:${OUR_DB_PASSWORD:?set it}@db:5432/lago",
    LAGO_RSA_PRIVATE_KEY: "${LAGO_RSA_PRIVATE_KEY:-}",
    ENCRYPTION_PRIMARY_KEY: "${OUR_PRIMARY_KEY}",
  },
};
const db = {
  image: "getlago/postgres-partman:15.0-alpine",
  environment: { POSTGRES_PASSWORD: "${OUR_DB_PASSWORD:?set it}" },
};
const front = { image: "getlago/front:v1.50.0" };
const compose = {
  ...COMPOSE,
  config: { stdout: JSON.stringify({ services: { api, db, front } }) },
};
const environment = { OUR_DB_PASSWORD: DATABASE, OUR_PRIMARY_KEY: PRIMARY };

describe("keys that the files give by themselves", () => {
  it("are the deployment's, and none is generated in their place", async () => {
    const { stack, byName } = await build({ environment }, { compose });
    const ofFiles = {
      secretKeyBase: SECRET_KEY_BASE,
      postgresPassword: DATABASE,
      encryptionPrimaryKey: PRIMARY,
    };
    expect(reveal(byName("lago-keys").inputs.given)).toEqual(ofFiles);
    expect(await resolved(stack.keys)).toMatchObject({
      ...ofFiles,
      rsaPrivateKey: KEYS.rsaPrivateKey,
    });
    const { spec } = reveal<{ spec: { madeVariables: string[] } }>(byName("lago-project").inputs);
    expect(spec.madeVariables).toEqual(
      expect.arrayContaining([
        "POSTGRES_PASSWORD",
        "SECRET_KEY_BASE",
        "LAGO_ENCRYPTION_PRIMARY_KEY",
      ]),
    );
    expect(spec.madeVariables).not.toContain("LAGO_RSA_PRIVATE_KEY");
  });

  it("give way to keys that somebody chose", async () => {
    const config = { secretKeyBase: CHOSEN };
    const { byName } = await build({ environment, config }, { compose });
    expect(reveal(byName("lago-keys").inputs.given)).toMatchObject(config);
    const { spec } = reveal<{ spec: { madeVariables: string[] } }>(byName("lago-project").inputs);
    expect(spec.madeVariables).not.toContain("SECRET_KEY_BASE");
  });

  it("are secret wherever they appear", async () => {
    const { byName } = await build({ environment }, { compose });
    const { given } = byName("lago-keys").inputs;
    expect(JSON.stringify(given)).toContain("4dabf18193072939515e22adb298388d");
    const { spec } = reveal<{ spec: object }>(byName("lago-project").inputs);
    expect(JSON.stringify(spec)).not.toContain(SECRET_KEY_BASE);
  });
});
