import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { type LintOptions, lint, lintCommand } from "../../../../../src/cli/commands/lint.ts";
import { testContext } from "../../../../support/command-context.ts";
import { GOOD, project } from "../../../checks/subject.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-lint-"));
  writeFileSync(join(folder, "docker-compose.yml"), stringify(project()));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = undefined;
});

const lines = (variables: Record<string, string>) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");

function run(options: LintOptions = {}) {
  const { context, written } = testContext();
  lintCommand(context, folder, options);
  const exitCode = process.exitCode;
  process.exitCode = undefined;
  return { text: written.results.join("\n"), exitCode };
}

const errorNames = (options: LintOptions = {}) =>
  lint(folder, options)
    .findings.filter(({ severity }) => severity === "error")
    .map(({ unsafeName }) => unsafeName);

describe("lint", () => {
  it("leaves the exit code alone when there are only warnings", () => {
    writeFileSync(join(folder, ".env"), lines(GOOD));
    const { text, exitCode } = run();
    expect(exitCode).toBeUndefined();
    expect(text.split("\n").at(-1)).toMatch(/^0 errors, \d+ warnings$/);
    expect(text).toContain(join(folder, ".env"));
  });

  it("ends with 50 when there are errors, and says what, why and the way out", () => {
    writeFileSync(join(folder, ".env"), lines({ ...GOOD, LAGO_SIDEKIQ_WEB: "true" }));
    const { text, exitCode } = run();
    expect(exitCode).toBe(50);
    expect(text).toContain("error sidekiq-web: LAGO_SIDEKIQ_WEB\n    shows Sidekiq's page");
    expect(text).toContain("\n    -> set LAGO_SIDEKIQ_WEB=false\n");
    expect(text).toMatch(/\n1 error, \d+ warnings$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it("counts the minor findings, and names the command that shows them", () => {
    const envFile = join(folder, "prod.env");
    writeFileSync(envFile, lines({ ...GOOD, LAGO_SIDEKIQ_WEB: "true" }));
    const options = { envFile, file: ["docker-compose.yml"], allow: ["telemetry:x y"] };
    const { text } = run(options);
    const [, count, command] =
      /^(\d+) minor findings not shown\. To see all: (.*)$/m.exec(text) ?? [];
    expect(command).toBe(
      `./zbl lint ${folder} --all --env-file ${envFile} --file docker-compose.yml --allow 'telemetry:x y'`,
    );
    expect(text).not.toContain("dead-variable");
    const all = run({ ...options, all: true });
    expect(all.text).toContain("warning dead-variable: ");
    expect(all.text).toContain("warning useless-name: ");
    expect(all.text).not.toContain("not shown");
    expect(all.exitCode).toBe(50);
    const report = JSON.parse(run({ ...options, json: true }).text);
    expect(report.minor).toBe(Number(count));
    const minor = report.findings.filter((one: { isMinor?: boolean }) => one.isMinor);
    expect(minor).toHaveLength(report.minor);
    expect(report.findings.slice(-report.minor)).toEqual(minor);
  });

  it("gives all of it as one line of JSON", () => {
    const { text } = run({ json: true });
    const report = JSON.parse(text);
    expect(text).not.toContain("\n");
    expect(report).toMatchObject({
      path: folder,
      composeFiles: [join(folder, "docker-compose.yml")],
    });
    expect(report.envFile).toBeUndefined();
    expect(report.errors + report.warnings).toBe(report.findings.length);
    expect(report.findings[0]).toEqual({
      id: expect.any(String),
      severity: "error",
      field: expect.any(String),
      reason: expect.any(String),
      remedy: expect.any(String),
      unsafeName: expect.any(String),
    });
  });

  it("reads another environment file, other compose files and exceptions", () => {
    const envFile = join(folder, "prod.env");
    writeFileSync(join(folder, ".env"), "LAGO_SIDEKIQ_WEB=true\n");
    writeFileSync(envFile, lines({ ...GOOD, LAGO_DISABLE_SIGNUP: "no" }));
    writeFileSync(join(folder, "open.yml"), "services: { db: { ports: !override ['5432:5432'] } }");
    expect(errorNames({ envFile })).toEqual(["signup-open:LAGO_DISABLE_SIGNUP"]);
    const file = ["docker-compose.yml", "open.yml"];
    const allow = ["signup-open:LAGO_DISABLE_SIGNUP"];
    expect(errorNames({ envFile, file, allow })).toEqual(["database-published:services.db.ports"]);
  });

  it("names values of a .env file that compose reads in another way than they look", () => {
    writeFileSync(
      join(folder, ".env"),
      `${lines({ ...GOOD, LAGO_SMTP_ADDRESS: "" })}MY_A=abc$def\nMY_B='abc$def'\nMY_C="x$y"\n`,
    );
    expect(errorNames()).toEqual(["env-file-dollar:MY_A", "env-file-dollar:MY_C"]);
    expect(errorNames({ allow: ["env-file-dollar:MY_A"] })).toEqual(["env-file-dollar:MY_C"]);
  });

  it("reads references as compose does, with the variables of the process before the file's", () => {
    const { POSTGRES_PASSWORD, ...good } = GOOD;
    const file = `${lines(good)}DOMAIN=example.org\nLAGO_API_URL=https://api.${"${DOMAIN}"}\n`;
    writeFileSync(join(folder, ".env"), `${file}POSTGRES_PASSWORD\n`);
    const errors = (environment: Record<string, string>) =>
      lint(folder, {}, environment)
        .findings.filter(({ severity }) => severity === "error")
        .map(({ unsafeName }) => unsafeName);
    expect(errors({ POSTGRES_PASSWORD, OTHER: "x" })).toEqual([]);
    expect(errors({ POSTGRES_PASSWORD, LAGO_SIDEKIQ_WEB: "true" })).toEqual([
      "sidekiq-web:LAGO_SIDEKIQ_WEB",
    ]);
    expect(errors({})).toContain("missing-setting:POSTGRES_PASSWORD");
  });

  it.each(["utf16le", "latin1"] as const)("refuses a .env file in %s", (encoding) => {
    writeFileSync(join(folder, ".env"), Buffer.from("LAGO_API_URL=http://é\n", encoding));
    expect(() => lint(folder)).toThrow(expect.objectContaining({ kind: "InvalidConfig" }));
  });

  it.each([
    ["PathNotFound", () => lint(join(folder, "none"))],
    ["PathNotFound", () => lint(folder, { envFile: join(folder, "none.env") })],
    ["ComposeFileNotFound", () => lint(folder, { file: ["none.yml"] })],
  ])("fails with %s", (kind, call) => {
    expect(call).toThrow(expect.objectContaining({ kind }));
  });

  it("never prints a value", () => {
    const values = Object.fromEntries(
      Object.keys(GOOD).map((name, index) => [name, `pr1vate@/#${index}-value`]),
    );
    writeFileSync(join(folder, ".env"), lines({ ...values, LAGO_SMTP_PASSWORD: "pr1vate" }));
    expect(run().text).not.toContain("pr1vate");
    expect(run({ json: true }).text).not.toContain("pr1vate");
  });
});
