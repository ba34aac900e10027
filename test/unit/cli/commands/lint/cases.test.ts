/** Files as people write them, each with what lint has to say of how they are read. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type LintOptions, lint } from "../../../../../src/cli/commands/lint.ts";
import type { Environment } from "../../../../../src/cli/target.ts";
import { ROOT } from "../../../../../testing/folders.ts";

const folderOf = (name: string) => join(ROOT, "test/fixtures/cases", name);

function judge(name: string, options: LintOptions = {}, environment: Environment = {}) {
  const report = lint(folderOf(name), options, environment);
  const names = (severity: string) =>
    report.findings.filter((one) => one.severity === severity).map((one) => one.unsafeName);
  return { report, errors: names("error"), warnings: names("warning") };
}

const ABSENT = /^(missing-setting|dead-variable|partly-passed):/;
/** Keys that the cases leave out, to be short. */
const LEFT_OUT = [
  "LAGO_RSA_PRIVATE_KEY",
  ...["PRIMARY_KEY", "DETERMINISTIC_KEY", "KEY_DERIVATION_SALT"].map(
    (one) => `LAGO_ENCRYPTION_${one}`,
  ),
].map((one) => `missing-setting:${one}`);

describe("env_file", () => {
  it("counts like the environment, in all its forms", () => {
    const { errors, warnings } = judge("env-file");
    expect(errors).toEqual([...LEFT_OUT]);
    expect(warnings).not.toContain("dead-variable:LAGO_FROM_EMAIL");
  });

  it("is searched for bad secrets, each told once", () => {
    const { errors, warnings } = judge("env-file-bad-secrets");
    expect(errors.filter((one) => !one.startsWith("missing-setting:")).sort()).toEqual([
      "default-secret:LAGO_ENCRYPTION_PRIMARY_KEY",
      "default-secret:POSTGRES_PASSWORD",
      "placeholder-secret:SECRET_KEY_BASE",
      "public-http:LAGO_API_URL",
      "rsa-key:LAGO_RSA_PRIVATE_KEY",
      "short-key:SECRET_KEY_BASE",
      "sidekiq-web:LAGO_SIDEKIQ_WEB",
    ]);
    expect(warnings.filter((one) => /secret|password|short/.test(one))).toEqual([]);
  });

  it.each([
    ["env-file-missing", "lago.env"],
    ["env-file-broken", "lago.env line 1"],
  ])(
    "of %s is refused like compose does, and what it may hold is not called missing",
    (name, place) => {
      const { errors, warnings, report } = judge(name);
      expect(errors).toEqual([`compose-refuses:${join(folderOf(name), place)}`]);
      expect([...errors, ...warnings].filter((one) => ABSENT.test(one))).toEqual([]);
      expect(JSON.stringify(report)).not.toContain("pr1vate");
    },
  );
});

describe("a .env file", () => {
  it("is read with its references, which have an effect", () => {
    const { errors } = judge("env-references");
    expect(errors.filter((one) => one.includes("LAGO_DOMAIN"))).toEqual([]);
    expect(errors.filter((one) => one.includes("POSTGRES_PASSWORD"))).toEqual([]);
    expect(errors.filter((one) => one.includes("url"))).toEqual([]);
  });

  it("names the compose files and profiles to judge", () => {
    const { errors, report } = judge("compose-variables");
    expect(report.composeFiles.map((file) => file.split("/").at(-1))).toEqual([
      "docker-compose.yml",
      "prod.yml",
    ]);
    expect(errors).toContain("database-published:services.db.ports");
    expect(errors).toContain("sidekiq-web:LAGO_SIDEKIQ_WEB");
    expect(JSON.stringify(report.findings)).toContain("services.mailer");
    expect(JSON.stringify(report.findings)).not.toContain("services.tools");
  });

  it("gives way to options and to the environment of the process", () => {
    const byOption = judge("compose-variables", { file: ["docker-compose.yml"], profile: ["x"] });
    expect(byOption.errors).not.toContain("database-published:services.db.ports");
    const environment = { COMPOSE_FILE: "docker-compose.yml;docker-compose.override.yml" };
    const byProcess = judge("compose-variables", {}, environment);
    expect(byProcess.report.composeFiles.at(-1)).toMatch(/override\.yml$/);
  });
});

describe("several files of COMPOSE_ENV_FILES", () => {
  it("are read on top of each other, and an option counts more", () => {
    const file = (name: string) => join(folderOf("env-file"), name);
    const COMPOSE_ENV_FILES = `${file(".env")},${file("extra.env")}`;
    expect(judge("include", {}, { COMPOSE_ENV_FILES }).report.envFile).toBe(
      `${file(".env")}, ${file("extra.env")}`,
    );
    const { report, errors } = judge("include", {}, { COMPOSE_ENV_FILES: file("extra.env") });
    expect(errors).toContain("env-file-dollar:HELP_URL");
    expect(report.findings.find(({ id }) => id === "env-file-dollar")?.reason).toContain(
      `line 2 of ${file("extra.env")} to LAGO_FRONT_URL, which is not set`,
    );
    const envFile = file(".env");
    expect(judge("include", { envFile }, { COMPOSE_ENV_FILES }).report.envFile).toBe(envFile);
  });
});

describe("secrets", () => {
  it.each([
    [
      "own-secret-names",
      [
        "default-secret:BILLING_DB_PASSWORD",
        "placeholder-secret:APP_SECRET",
        "short-key:APP_SECRET",
        "placeholder-secret:CACHE_PASSWORD",
      ],
      ["placeholder-secret:SHOP_TOKEN"],
    ],
    [
      "secrets-in-urls",
      ["placeholder-secret:DATABASE_URL", "placeholder-secret:QUEUE_URL"],
      ["short-password:services.exporter.environment.DATA_SOURCE_NAME"],
    ],
    [
      "other-stores",
      [
        "placeholder-secret:services.store.environment.POSTGRESQL_PASSWORD",
        "placeholder-secret:services.cache.command",
        "database-published:services.store.ports",
        "redis-published:services.cache.ports",
      ],
      [],
    ],
  ])("of %s are found, and never shown", (name, errors, warnings) => {
    const found = judge(name);
    const aboutSecrets = /^(default|placeholder|short|database|redis)-/;
    expect(found.errors.filter((one) => aboutSecrets.test(one)).sort()).toEqual(errors.sort());
    expect(found.warnings.filter((one) => aboutSecrets.test(one))).toEqual(warnings);
    expect(JSON.stringify(found.report)).not.toMatch(/change_?me_?\d|letmein|shh/);
  });
});

describe("addresses for browsers", () => {
  it.each([
    [
      "url-names-a-service",
      ["LAGO_API_URL", "LAGO_FRONT_URL"],
      "names the service api at services.api.environment.LAGO_API_URL, services.front.environment.API_URL,",
    ],
    ["urls-of-containers", ["LAGO_API_URL", "BILLING_URL"], "names the service lago-backend,"],
  ])("of %s that name a service are found", (name, fields, reason) => {
    const { warnings, report } = judge(name);
    const about = warnings.filter((one) => one.startsWith("url-names-service:"));
    expect(about).toEqual(fields.map((one) => `url-names-service:${one}`));
    expect(report.findings.find(({ id }) => id === "url-names-service")?.reason).toContain(reason);
  });
});

describe("releases of Lago's services", () => {
  it.each([
    ["older-migrate", "services.migrate.image", "is v1.47.0, and that of api is v1.50.0"],
    ["mixed-releases", "services.jobs.image", "is v1.49.0, and that of server is v1.50.0"],
  ])("of %s that differ are found", (name, place, reason) => {
    const { report } = judge(name);
    const found = report.findings.filter(({ id }) => id === "release-differs");
    expect(found).toMatchObject([{ field: place, reason: expect.stringContaining(reason) }]);
  });
});

describe("include and extends", () => {
  it.each(["include", "include-folder", "extends", "extends-chain"])("of %s are read", (name) => {
    const { errors, warnings } = judge(name);
    expect(errors.filter((one) => one.startsWith("missing-setting:"))).toEqual(LEFT_OUT);
    expect(warnings.filter((one) => one.startsWith("not-followed:"))).toEqual([]);
  });

  it("finds what is set in them", () => {
    expect(judge("extends").errors).toContain("sidekiq-web:LAGO_SIDEKIQ_WEB");
  });

  it("says of what it cannot read that it is not judged, and calls nothing missing", () => {
    const { errors, warnings } = judge("include-remote");
    expect(errors).toEqual([]);
    expect(warnings).toContain("not-followed:include");
    expect(warnings.filter((one) => ABSENT.test(one))).toEqual([]);
    expect(judge("include-remote", { allow: ["not-followed:include"] }).warnings).not.toContain(
      "not-followed:include",
    );
  });
});

describe("what compose leaves out or refuses", () => {
  it("is a finding where a variable is not set", () => {
    const { errors, warnings } = judge("coolify-variables");
    expect(errors).toContain("unset-variable:SERVICE_PASSWORD_PG");
    expect(warnings).toContain("unset-variable:SERVICE_PASSWORD_64_KEYBASE");
    const set = { SERVICE_PASSWORD_PG: "x", SERVICE_PASSWORD_64_KEYBASE: "y" };
    const { report } = judge("coolify-variables", {}, set);
    expect(report.findings.filter(({ id }) => id === "unset-variable")).toEqual([]);
  });

  it("is an error where compose refuses a key", () => {
    expect(judge("coolify").errors[0]).toBe("compose-refuses:services.migrate.exclude_from_hc");
  });

  it("is told once for a variable that many places require, and by the variable to set", () => {
    const { errors, report } = judge("required-variables");
    expect(errors.filter((one) => one.startsWith("compose-refuses:"))).toEqual([
      "compose-refuses:services.db.environment.POSTGRES_PASSWORD",
      "compose-refuses:services.api.environment.SECRET_KEY_BASE",
    ]);
    expect(errors.filter((one) => one.startsWith("missing-setting:"))).toEqual(LEFT_OUT);
    const remedyOf = (name: string) =>
      report.findings.find(({ unsafeName }) => unsafeName === name)?.remedy;
    expect(remedyOf("compose-refuses:services.api.environment.SECRET_KEY_BASE")).toBe(
      "set BILLING_SECRET: compose starts nothing before",
    );
    expect(remedyOf("missing-setting:LAGO_RSA_PRIVATE_KEY")).toContain("set BILLING_RSA_KEY, ");
    expect(remedyOf("missing-setting:LAGO_ENCRYPTION_PRIMARY_KEY")).toBe(
      "set BILLING_PRIMARY_KEY, from which the file takes the value",
    );
    expect(remedyOf("missing-setting:LAGO_ENCRYPTION_DETERMINISTIC_KEY")).toBe("set it");
  });

  it("is told all at once", () => {
    const { errors, report } = judge("refused-references");
    expect(errors.slice(0, 5)).toEqual([
      "compose-refuses:services.api.volumes.is_directory",
      "compose-refuses:services.api.heathcheck",
      "compose-refuses:services.api.image",
      "compose-refuses:services.api.environment.SECRET_KEY_BASE",
      "unset-variable:word",
    ]);
    const remedy = report.findings.find(({ field }) => field === "services.api.heathcheck")?.remedy;
    expect(remedy).toBe("write healthcheck, or remove it");
  });
});
