import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../../../src/cli/exit-codes.ts";
import { runCli } from "../../../../../testing/cli.ts";
import { EVERY_FEATURE, LAGO_PATH, SECRETS } from "../../../../support/sample.ts";
import { useProjects } from "../../projects.ts";

const { host, project } = useProjects();

/** A start that compose refuses, which ends the test early. */
const TAKEN = { exitCode: 1, stderr: "Bind for 127.0.0.1:4000 failed: port is already allocated" };

/** Findings about what these tests leave out. */
const UNSET_KEYS = [
  "missing-setting:LAGO_RSA_PRIVATE_KEY",
  "missing-setting:LAGO_ENCRYPTION_PRIMARY_KEY",
  "missing-setting:LAGO_ENCRYPTION_DETERMINISTIC_KEY",
  "missing-setting:LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
];

let folder: string;
let envFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zbl-test-up-env-"));
  cpSync(LAGO_PATH, folder, { recursive: true });
  envFile = join(folder, ".env");
  writeFileSync(join(folder, "prod.yml"), "services: {}\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const COMPOSE = [
  "COMPOSE_FILE=docker-compose.yml,prod.yml",
  "COMPOSE_PATH_SEPARATOR=,",
  "COMPOSE_PROFILES=tools",
  "COMPOSE_PROJECT_NAME=billing-prod",
];
const KEY = `SECRET_KEY_BASE=${SECRETS.secretKeyBase}`;

async function up(options: readonly string[] = [], allowed: readonly string[] = []) {
  const { name, docker } = project({ ...EVERY_FEATURE, up: TAKEN });
  const args = ["up", "--project", name, "--path", folder, ...options];
  const { stderr, exitCode } = await runCli(
    host,
    [...args, "--allow-unsafe", ...UNSET_KEYS, ...allowed],
    { env: { SECRET_KEY_BASE: SECRETS.secretKeyBase, POSTGRES_PASSWORD: "of the process" } },
  );
  expect(exitCode, stderr).toBe(EXIT_CODES.PortTaken);
  return { stderr, call: docker.call("up") };
}

describe("the .env file of a folder", () => {
  it("is not read by itself, which up says of all that plain compose would take from it", async () => {
    writeFileSync(envFile, [...COMPOSE, KEY, "POSTGRES_PASSWORD=pr1vate"].join("\n"));
    const { stderr, call } = await up();
    expect(stderr).toContain(
      `warning: COMPOSE_FILE in ${envFile} is not taken: the compose files are ${join(folder, "docker-compose.yml")}`,
    );
    expect(stderr).toContain("COMPOSE_PROFILES in ");
    expect(stderr).toContain("COMPOSE_PROJECT_NAME in ");
    expect(stderr).toContain(
      `warning: .env at ${envFile} sets POSTGRES_PASSWORD for plain compose`,
    );
    expect(stderr).not.toContain("pr1vate");
    expect(call.args.filter((one) => one === "--file")).toHaveLength(2);
    const accepted = ["COMPOSE_FILE", "COMPOSE_PROFILES", "COMPOSE_PROJECT_NAME", ".env"];
    const names = accepted.map((name) => `env-file-not-read:${name}`);
    expect((await up([], names)).stderr).not.toContain(envFile);
  });

  it("gives compose files, profiles and values with --env-file, and never the project's name", async () => {
    writeFileSync(envFile, [...COMPOSE, "COMPOSE_IGNORE_ORPHANS=1", KEY].join("\n"));
    const { stderr, call } = await up(["--env-file", envFile]);
    expect(stderr).toContain(
      `COMPOSE_FILE and COMPOSE_PROFILES: taken from ${envFile}, as compose does`,
    );
    expect(stderr.match(/COMPOSE_PROJECT_NAME/g)).toHaveLength(1);
    expect(stderr).toContain(`COMPOSE_IGNORE_ORPHANS in ${envFile} is not taken`);
    expect(call.args).toContain(join(folder, "prod.yml"));
    expect(call.args).toContain("tools");
    expect(call.args).not.toContain("billing-prod");
    expect(Object.keys(call.env).filter((name) => name.startsWith("COMPOSE_"))).toEqual([
      "COMPOSE_DISABLE_ENV_FILE",
    ]);
  });

  it("has relative paths start from the folder of the first compose file", async () => {
    cpSync(LAGO_PATH, join(folder, "deploy"), { recursive: true });
    const files = "COMPOSE_FILE=deploy/docker-compose.yml:prod.yml";
    writeFileSync(envFile, [files, "COMPOSE_PATH_SEPARATOR=:", KEY].join("\n"));
    const { call } = await up(["--env-file", envFile]);
    expect(call.args[call.args.indexOf("--project-directory") + 1]).toBe(join(folder, "deploy"));
    expect(call.args).toContain(join(folder, "deploy", "docker-compose.yml"));
    expect(call.args).toContain(join(folder, "prod.yml"));
  });

  it("gives way to options", async () => {
    writeFileSync(envFile, [...COMPOSE, "COMPOSE_PROFILES=debug", KEY].join("\n"));
    const options = ["--file", "docker-compose.yml", "--profile", "tools"];
    const { stderr, call } = await up(["--env-file", envFile, ...options]);
    expect(call.args).not.toContain(join(folder, "prod.yml"));
    expect(call.args).not.toContain("debug");
    expect(stderr).toContain(`COMPOSE_FILE in ${envFile} is not taken`);
  });

  it("changes nothing and is not named where plain compose could not read it", async () => {
    writeFileSync(envFile, "COMPOSE_FILE='prod.yml\n");
    expect((await up()).stderr).not.toContain(envFile);
  });
});
