/** The first organization: opened once, by a migration that a scripted docker runs. */
import { describe, expect, it } from "vitest";
import { LagoDeployment } from "../../../src/deployment/lago-deployment.ts";
import { openOrganization } from "../../../src/deployment/organization.ts";
import { type KeyFingerprints, withOrganization } from "../../../src/keys/key-fingerprints.ts";
import { psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { LAGO_PATH, SMALL } from "../../support/sample.ts";
import { environmentOf, fingerprintsOfKeys, KEYS, listed } from "../../unit/keys/sample.ts";
import { written } from "./key-guard/start-with.ts";

const PASSWORD = "hunter2-of-the-first-user";
const ORGANIZATION = {
  LAGO_CREATE_ORG: "true",
  LAGO_ORG_NAME: "Acme",
  LAGO_ORG_USER_EMAIL: "you@acme.example",
  LAGO_ORG_USER_PASSWORD: PASSWORD,
  LAGO_ORG_API_KEY: "hunter2-of-the-api",
};
const ASKED = "exec --env";
const NO: Script = { [ASKED]: { stdout: "f\n" } };
const YES: Script = { [ASKED]: { stdout: "t\n" } };
const ELSEWHERE = { DATABASE_URL: "postgresql://lago:hunter2-own@db.example.com/lago" };

/** Opens the organization of a deployment that runs. */
async function open(
  script: Script,
  environment: Readonly<Record<string, string>> = ORGANIZATION,
  change: Partial<KeyFingerprints> = {},
) {
  const fingerprints = await fingerprintsOfKeys(change);
  const docker = useFakeDocker({
    ...SMALL,
    ps: { stdout: psLine("db") },
    run: {},
    "volume ls": listed([fingerprints]),
    ...script,
  });
  const said: string[] = [];
  const deployment = new LagoDeployment(LAGO_PATH, {
    projectName: "lago-test",
    environment: { ...environmentOf(KEYS), ...environment },
    onProgress: ({ message }) => said.push(message),
  });
  const error = await openOrganization(deployment, 20_000).then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  const opened = docker.calls("run").length;
  return { docker, deployment, said, error, opened };
}

describe("the first organization", () => {
  it("is opened where the database has none, by one more migration with its variables", async () => {
    const { docker, said, opened } = await open(NO);
    expect(opened).toBe(1);
    const { args, env, stdin } = docker.call("run");
    const [, ...command] = args.slice(args.indexOf("run"));
    expect(command).toEqual(["--rm", "--no-deps", "--no-TTY", "--interactive=false", "migrate"]);
    expect(env).toMatchObject(ORGANIZATION);
    expect(stdin).toContain("LAGO_ORG_USER_PASSWORD");
    expect(stdin + args.join(" ")).not.toContain("hunter2");
    expect(said).toEqual([expect.stringContaining("opening the organization Acme")]);
    expect(written(docker).map(({ fingerprints }) => fingerprints.organization)).toEqual([true]);
  });

  it("is asked for by a session that only reads", async () => {
    const { docker } = await open(YES, { ...ORGANIZATION, POSTGRES_SCHEMA: "my lago" });
    const { args } = docker.call(ASKED);
    expect(args).toContain(
      "PGOPTIONS=-c default_transaction_read_only=on -c search_path=my\\ lago",
    );
    expect(args.at(-1)).toMatch(/^SELECT EXISTS /);
  });

  it("is not opened a second time, and its absence from the note is made up for", async () => {
    const { docker, said, opened } = await open(YES);
    expect(opened).toBe(0);
    expect(said).toEqual([expect.stringContaining("has an organization already")]);
    expect(written(docker).map(({ fingerprints }) => fingerprints.organization)).toEqual([true]);
  });

  it("is asked for without a word or a trace once it is noted", async () => {
    const { docker, said, opened } = await open(YES, ORGANIZATION, { organization: true });
    expect([opened, said, written(docker)]).toEqual([0, [], []]);
  });

  it("is opened anew where the database was emptied, whatever the note says", async () => {
    expect((await open(NO, ORGANIZATION, { organization: true })).opened).toBe(1);
  });

  it("is left alone where nobody wants one", async () => {
    const { docker, opened } = await open(NO, {});
    expect(opened).toBe(0);
    expect(docker.calls(ASKED)).toEqual([]);
  });

  it("goes by the note in a database of one's own, which is not asked", async () => {
    const environment = { ...ORGANIZATION, ...ELSEWHERE };
    const first = await open(NO, environment, { data: "elsewhere" });
    expect(first.opened).toBe(1);
    expect(first.docker.calls(ASKED)).toEqual([]);
    const noted = withOrganization(await fingerprintsOfKeys({ data: "elsewhere" }));
    expect((await open(NO, environment, noted)).opened).toBe(0);
  });

  it("that Lago refuses is an error with its reason and no secret, and is tried again by the next run", async () => {
    const refused = await open({
      ...NO,
      run: { stdout: `RecordInvalid: Value is taken, ${PASSWORD}\n`, exitCode: 1 },
    });
    expect(refused.error).toMatchObject({ kind: "MigrationFailed", service: "migrate" });
    expect(refused.error?.message).toContain("RecordInvalid: Value is taken");
    expect(refused.error?.message).not.toContain("hunter2");
    expect(written(refused.docker)).toEqual([]);
  });

  it("stops the run when the database gives no answer that makes sense", async () => {
    const { error, opened } = await open({ [ASKED]: { stdout: "maybe\n" } });
    expect(error).toMatchObject({ kind: "ParseError" });
    expect(opened).toBe(0);
    const failed = await open({ [ASKED]: { stderr: "psql: no such table\n", exitCode: 1 } });
    expect(failed.error).toMatchObject({ kind: "CommandFailed" });
    expect(failed.opened).toBe(0);
  });
});

it("never reaches containers that stay, nor what a plan compares", async () => {
  const { docker, deployment } = await open(YES);
  await deployment.start();
  const { env, stdin } = docker.call("up");
  expect(Object.keys(env).filter((name) => /LAGO_ORG_|CREATE_ORG/.test(name))).toEqual([]);
  expect(stdin).not.toContain("LAGO_ORG_");
});
