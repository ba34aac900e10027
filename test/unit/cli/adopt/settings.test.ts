import { describe, expect, it } from "vitest";
import {
  type AdoptedDeployment,
  settingConflicts,
  settingsOfAdopted,
  withSettings,
} from "../../../../src/cli/adopt/settings.ts";
import { configFaults } from "../../../../src/cli/set/config-change.ts";
import { KEYS } from "../../keys/sample.ts";

function settings(more: Partial<AdoptedDeployment> = {}) {
  return settingsOfAdopted({
    projectName: "acme",
    folder: "/srv/lago",
    files: [],
    profiles: [],
    roles: {},
    engine: {},
    variables: {},
    ...more,
  });
}

const namesOf = (all: ReturnType<typeof settings>) =>
  all.map(({ path, isSecret }) => `${path.join(".")}${isSecret ? " (secret)" : ""}`);

describe("the settings of an adopted deployment", () => {
  it("describe files, profiles, roles and engine", () => {
    const all = settings({
      files: ["a.yml", "b.yml"],
      profiles: ["jobs"],
      roles: { backend: "api" },
      engine: { dockerContext: "far" },
    });
    expect(namesOf(all)).toEqual([
      "projectName",
      "lagoPath",
      "composeFiles.0",
      "composeFiles.1",
      "profiles.0",
      "adopted",
      "roles.backend",
      "dockerContext",
    ]);
    const values = withSettings(new Map(), all);
    expect(configFaults(values, { program: "z-billing-lago", stack: "prod" })).toEqual([]);
    expect(values.get("composeFiles")).toEqual(["a.yml", "b.yml"]);
  });

  it("hold keys and variables of unknown names as secrets, and public ones in plain", () => {
    const { secretKeyBase, rsaPrivateKey } = KEYS;
    const all = settings({
      variables: {
        LAGO_API_URL: "https://api.example.com",
        API_PORT: "8080",
        SECRET_KEY_BASE: secretKeyBase,
        LAGO_RSA_PRIVATE_KEY: rsaPrivateKey,
        POSTGRES_PASSWORD: "s3cret",
        BILLING_KEY: "s3cret",
      },
    });
    expect(namesOf(all)).toEqual([
      ...["projectName", "lagoPath", "adopted"],
      ...["environment.LAGO_API_URL", "environment.API_PORT"],
      ...["secretKeyBase (secret)", "rsaPrivateKey (secret)"],
      ...["environment.POSTGRES_PASSWORD (secret)", "environment.BILLING_KEY (secret)"],
    ]);
  });

  it("keep a value as a variable where its own setting would refuse it or write it otherwise", () => {
    const all = settings({ variables: { SECRET_KEY_BASE: "short" } });
    expect(namesOf(all).slice(3)).toEqual(["environment.SECRET_KEY_BASE (secret)"]);
  });

  it("conflict with settings that say something else, all at once", () => {
    const all = settings({ variables: { API_PORT: "8080" } });
    const has = (values: Readonly<Record<string, unknown>>) =>
      settingConflicts(new Map(Object.entries(values)), all, "prod").map(({ field }) => field);
    expect(has({})).toEqual([]);
    expect(has({ projectName: "acme", adopted: "true", version: "v1.50.0" })).toEqual([]);
    expect(has({ environment: { API_PORT: 8080 } })).toEqual([]);
    expect(
      has({
        projectName: "other",
        composeFiles: ["x.yml"],
        environment: { API_PORT: "1", OTHER: "2" },
      }),
    ).toEqual(["projectName", "composeFiles", "environment.API_PORT"]);
  });
});
