import { describe, expect, it } from "vitest";
import { parseComposeModel, type ServiceModel } from "../../../src/compose/model.ts";
import {
  buildsDatabaseUrl,
  givesItself,
  leadsToSameDatabase,
} from "../../../src/compose/own-values.ts";
import { missingVariables, ownVariables } from "../../../src/compose/placement.ts";

function service(environment: object, fromEnvFiles: readonly string[] = []): ServiceModel {
  const text = JSON.stringify({ services: { api: { image: "getlago/api", environment } } });
  return { ...(parseComposeModel(text).services[0] as ServiceModel), fromEnvFiles };
}

const KEY = "SECRET_KEY_BASE";

describe("a variable of a service", () => {
  it.each<[string, ServiceModel, boolean]>([
    ["a literal", service({ [KEY]: "x" }), true],
    ["an empty literal", service({ [KEY]: "" }), true],
    ["another variable", service({ [KEY]: "${LAGO_SECRET_KEY_BASE:?set it}" }), true],
    ["another variable without braces", service({ [KEY]: "$SERVICE_PASSWORD" }), true],
    ["a variable whose name begins alike", service({ [KEY]: `\${${KEY}_OF_OURS}` }), true],
    ["an env_file", service({}, [KEY]), true],
    ["the name of a file", service({ [`${KEY}_FILE`]: "/run/secrets/key" }), true],
    ["the name of a file in an env_file", service({}, [`${KEY}_FILE`]), true],
    ["itself", service({ [KEY]: `\${${KEY}}` }), false],
    ["itself with a default", service({ [KEY]: `\${${KEY}:-changeme}` }), false],
    ["no value, which is compose's own", service({ [KEY]: null }), false],
    ["nothing", service({}), false],
    ["itself over an env_file", service({ [KEY]: `\${${KEY}}` }, [KEY]), false],
  ])("given by %s", (_, one, expected) => {
    expect(givesItself(one, KEY)).toBe(expected);
  });
});

describe("a value that nobody chose", () => {
  const text = JSON.stringify({
    services: {
      "lago-api": { image: "getlago/api", environment: { [KEY]: "${OUR_KEY}" } },
      "lago-worker": { image: "getlago/api", command: ["./scripts/start.worker.sh"] },
      front: { image: "getlago/front" },
    },
  });
  const model = parseComposeModel(text);
  const added = (name: string, unchosen: readonly string[]) => {
    const one = model.services.find((service) => service.name === name) as ServiceModel;
    return Object.keys(missingVariables(one, model, [KEY], new Set(unchosen)));
  };

  it("goes only to services that get none from the files", () => {
    expect(added("lago-api", [KEY])).toEqual([]);
    expect(added("lago-worker", [KEY])).toEqual([KEY]);
    expect(added("front", [KEY])).toEqual([]);
  });

  it("is replaced by one that somebody chose, everywhere", () => {
    expect(added("lago-api", [])).toEqual([KEY]);
  });

  it("is known by the services that have their own", () => {
    expect(ownVariables(model, [KEY, "LAGO_RSA_PRIVATE_KEY"])).toEqual([KEY]);
  });
});

describe("the database's URL", () => {
  it.each([
    ["postgresql://lago:${POSTGRES_PASSWORD}@lago-db:5432/lago", true],
    ["postgresql://${U:-lago}:${POSTGRES_PASSWORD:-x}@${POSTGRES_HOST:-db}:5432/lago", true],
    ["postgresql://lago:${POSTGRES_PASSWORD}@db.example.com:5432/lago", false],
    ["postgresql://lago:${LAGO_DB_PASSWORD}@lago-db:5432/lago", false],
    ["postgresql://lago:literal@lago-db:5432/lago", false],
  ])("%s is built like ours: %s", (DATABASE_URL, expected) => {
    expect(buildsDatabaseUrl(service({ DATABASE_URL }), "lago-db")).toBe(expected);
  });
});

describe("the database's URL that we would make", () => {
  const DATABASE_URL = "postgresql://lago:s3cret-s3cret@lago-db:5432/lago?search_path=public";
  const values = { POSTGRES_USER: "lago", POSTGRES_PASSWORD: "s3cret-s3cret", DATABASE_URL };

  it.each<[string, boolean]>([
    ["postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD}@lago-db:5432/lago", true],
    ["postgres://lago:${POSTGRES_PASSWORD}@${POSTGRES_HOST:-lago-db}/${POSTGRES_DB:-lago}", true],
    ["postgresql://lago:${POSTGRES_PASSWORD}@lago-db:5432/billing", false],
    ["postgresql://lago:${POSTGRES_PASSWORD}@lago-db:6432/lago", false],
    ["postgresql://lago:${POSTGRES_PASSWORD}@lago-db/lago?search_path=lago", false],
    ["postgresql://lago:${OTHER}@lago-db:5432/lago", false],
    ["${DATABASE_URL}", false],
    ["", false],
  ])("leads where %s does: %s", (url, expected) => {
    const own = service(url === "" ? {} : { DATABASE_URL: url });
    expect(leadsToSameDatabase(own, values)).toBe(expected);
  });

  it.each<[string, readonly string[]]>([
    ["postgresql://lago:${POSTGRES_PASSWORD}@db:5432/lago", []],
    ["postgresql://lago:${POSTGRES_PASSWORD}@db:5432/other", ["DATABASE_URL"]],
  ])("replaces %s only where the files' leads elsewhere", (url, expected) => {
    const own = service({ DATABASE_URL: url });
    const model = { services: [own], variables: [], requiredVariables: [] };
    const ours = { ...values, DATABASE_URL: DATABASE_URL.replace("lago-db", "db") };
    const added = missingVariables(own, model, ["DATABASE_URL"], new Set(["DATABASE_URL"]), ours);
    expect(Object.keys(added)).toEqual(expected);
  });
});
