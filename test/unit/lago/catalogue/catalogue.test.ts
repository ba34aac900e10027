import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { variablesIn } from "../../../../src/compose/model.ts";
import {
  isSecretName,
  packageDefaults,
  secretNames,
  suggestSetting,
  suggestVariable,
  VARIABLES,
  variableByName,
  variableBySetting,
} from "../../../../src/lago/catalogue/index.ts";
import { LAGO_FILES } from "../../../../testing/folders.ts";
import { FIELDS_ARE_THE_SAME, TYPES_ARE_THE_SAME } from "./settings-types.ts";

const VERSIONS = ["v1.43.0", "v1.45.0", "v1.49.0", "v1.50.0"];
const names = VARIABLES.map(({ name }) => name);

describe("the catalogue", () => {
  it("has the fields of LagoSettings, as the compiler says", () => {
    expect([FIELDS_ARE_THE_SAME, TYPES_ARE_THE_SAME]).toEqual([true, true]);
  });

  it("has each variable and each setting once", () => {
    const settings = VARIABLES.flatMap(({ setting }) => (setting === undefined ? [] : [setting]));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(settings).size).toBe(settings.length);
  });

  it("has no setting that is also a group of settings", () => {
    const settings = VARIABLES.flatMap(({ setting }) => (setting === undefined ? [] : [setting]));
    const clashes = settings.filter((one) => settings.some((two) => two.startsWith(`${one}.`)));
    expect(clashes).toEqual([]);
  });

  it("refers only to variables that it has", () => {
    const referred = VARIABLES.flatMap(({ instead, requiredWhen, partOf }) => [
      instead,
      partOf,
      typeof requiredWhen === "object" ? requiredWhen.variable : undefined,
    ]).filter((name) => name !== undefined);
    expect(referred.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("gives a reason for each name that never takes effect, and a setting for each that does", () => {
    for (const { name, effect, reason, setting, instead } of VARIABLES) {
      expect.soft(reason !== undefined, name).toBe(effect === "never");
      expect
        .soft(setting !== undefined || effect === "never" || instead !== undefined, name)
        .toBe(true);
    }
  });

  it("says of each unsafe default what it is", () => {
    const unsaid = VARIABLES.filter((one) => one.unsafeDefault && one.lagoDefault === undefined);
    expect(unsaid).toEqual([]);
  });
});

describe.skipIf(!existsSync(LAGO_FILES))("against Lago's own files", () => {
  it.each([...VERSIONS, "deploy-local"])("has every variable of %s", (version) => {
    const text = readFileSync(join(LAGO_FILES, version, "docker-compose.yml"), "utf8");
    const used = text.replace(/^\s*#.*$/gm, "");
    expect(variablesIn(used).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(VERSIONS)("knows which variables %s passes on", (version) => {
    const text = readFileSync(join(LAGO_FILES, version, "docker-compose.yml"), "utf8");
    const used = variablesIn(text.replace(/^\s*#.*$/gm, ""));
    const byFile = VARIABLES.filter((one) => one.effect === "file" && one.scope !== "deploy-files");
    expect(byFile.map(({ name }) => name).filter((name) => !used.includes(name))).toEqual([]);
    // The file has these, but not in all places where they are read.
    const partly = VARIABLES.filter((one) => one.effect !== "file" && used.includes(one.name));
    expect(partly.map(({ name }) => name).sort()).toEqual([
      "LAGO_DISABLE_SIGNUP",
      "LAGO_FRONT_URL",
      "POSTGRES_SCHEMA",
    ]);
  });

  it("knows Lago's defaults", () => {
    const text = readFileSync(join(LAGO_FILES, "v1.50.0", "docker-compose.yml"), "utf8");
    for (const [, name = "", value] of text.matchAll(/\$\{([A-Z0-9_]+)(?::-([^}]*))?\}/g)) {
      expect.soft(variableByName(name)?.lagoDefault ?? "", name).toBe(value ?? "");
    }
  });
});

describe("look-ups", () => {
  it("find a variable by its name and by its setting", () => {
    expect(variableByName("LAGO_SMTP_PORT")?.setting).toBe("mail.smtpPort");
    expect(variableBySetting("mail.smtpPort")?.name).toBe("LAGO_SMTP_PORT");
    expect(variableByName("constructor")).toBeUndefined();
    expect(variableBySetting("mail")).toBeUndefined();
  });

  it("know the secrets", () => {
    expect(secretNames()).toEqual(
      expect.arrayContaining([
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "SECRET_KEY_BASE",
        "LAGO_RSA_PRIVATE_KEY",
        "LAGO_ENCRYPTION_PRIMARY_KEY",
        "LAGO_ENCRYPTION_DETERMINISTIC_KEY",
        "LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
        "LAGO_AWS_S3_ACCESS_KEY_ID",
        "LAGO_AWS_S3_SECRET_ACCESS_KEY",
        "LAGO_SMTP_PASSWORD",
        "LAGO_DATA_API_BEARER_TOKEN",
        "LAGO_REDIS_CACHE_PASSWORD",
        "LAGO_LICENSE",
        "LAGO_ORG_USER_PASSWORD",
        "LAGO_ORG_API_KEY",
        "GOOGLE_AUTH_CLIENT_SECRET",
        "MISTRAL_API_KEY",
        "DATABASE_URL",
        "DATABASE_PROXY_URL",
        "LAGO_KAFKA_PASSWORD",
        "NANGO_SECRET_KEY",
      ]),
    );
    expect(isSecretName("LAGO_API_URL")).toBe(false);
    expect(isSecretName("MY_OWN_TOKEN")).toBe(true);
  });

  it("know our defaults", () => {
    expect(packageDefaults()).toEqual({
      LAGO_API_URL: "http://localhost:3000",
      LAGO_FRONT_URL: "http://localhost:80",
      LAGO_DISABLE_SIGNUP: "false",
      LAGO_SIDEKIQ_WEB: "false",
    });
  });
});

describe("suggestions", () => {
  it.each([
    ["LAGO_APl_URL", ". Did you mean LAGO_API_URL?"],
    ["lago_api_url", ". Did you mean LAGO_API_URL?"],
    ["LAGO_SMTP_PASWORD", ". Did you mean LAGO_SMTP_PASSWORD?"],
    ["LAGO_COMPLETELY_DIFFERENT", ""],
    ["", ""],
  ])("for the variable %j: %j", (name, suggestion) => {
    expect(suggestVariable(name)).toBe(suggestion);
  });

  it.each([
    ["mail.smtpAdress", ". Did you mean mail.smtpAddress?"],
    ["mial", ". Did you mean mail?"],
    ["smtpAddress", ". Did you mean mail.smtpAddress?"],
    ["mail.sentryDsn", ". Did you mean monitoring.sentryDsn?"],
    ["LAGO_SMTP_PORT", ". Did you mean mail.smtpPort?"],
    ["somethingElse", ""],
  ])("for the setting %j: %j", (path, suggestion) => {
    expect(suggestSetting(path)).toBe(suggestion);
  });
});
