/** A stack whose state is in a bucket of an S3-compatible server, deployed from two machines. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { secretValues } from "../../../src/lago/secret-settings.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import type { RunResult } from "../../../src/process/run.ts";
import { run } from "../../../src/process/run.ts";
import { stackConfigText } from "../../../testing/checkout.ts";
import { type ComposeWatch, watchComposeRuns } from "../../../testing/compose-runs.ts";
import {
  containersOf,
  environmentOf,
  removeProject,
  requireDocker,
  TEST_PREFIX,
  testName,
} from "../../../testing/docker.ts";
import { ROOT } from "../../../testing/folders.ts";
import { type Machine, makeMachine } from "../../../testing/machine.ts";
import { freePort } from "../../../testing/ports.ts";
import { hasS3Server, type S3Server, startS3Server } from "../../../testing/s3-server.ts";
import {
  changeConfig,
  GIT_PERSON,
  makeSmallProgram,
  SMALL_RUNS,
  SMALL_SETTINGS,
  type StackValues,
} from "../../../testing/small-program.ts";
import { must } from "../../../testing/stack.ts";
import { eventually, standingOf } from "../../../testing/standing.ts";
import { formsOf, PUBLIC } from "../support/secrets.ts";

const DOCS = join(ROOT, "docs/pipelines.md");
const STACK = ["--stack", "prod"];
const STATE = ".pulumi/stacks/z-billing-lago/prod.json";
const LOCKS = ".pulumi/locks/organization/z-billing-lago/prod/";

/** The address of the state as the documents have it, with a bucket that there is. */
async function documentedBackend(address: string): Promise<{ url: string; bucket: string }> {
  const text = await readFile(DOCS, "utf8");
  const [, url = "", bucket = ""] =
    /^export PULUMI_BACKEND_URL='(s3:\/\/([\w-]+)\?.*)'$/m.exec(text) ?? [];
  expect(url).toContain("endpoint=https://minio.example.com:9000&");
  return { url: url.replace("minio.example.com:9000", address), bucket };
}

/** By hand the set-up may have left the server out, and has said so. */
const leftOut = !hasS3Server() && !process.env.CI;

describe("a state in a bucket", () => {
  const project = testName();
  const passphrase = `passphrase-${randomBytes(8).toString("hex")}`;
  const password = `smtp-${randomBytes(12).toString("hex")}`;
  const printed: string[] = [];
  let folder: string;
  let server: S3Server;
  let watch: ComposeWatch;
  let one: Machine;
  let other: Machine;

  beforeEach(({ skip }) => skip(leftOut, "there is no S3-compatible server"));

  beforeAll(async () => {
    if (leftOut) {
      return;
    }
    await requireDocker();
    folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
    const { bucket } = await documentedBackend("");
    server = await startS3Server(join(folder, "s3"), bucket);
    watch = watchComposeRuns(project);
    one = await machine("one", await makeOrigin());
  });

  afterAll(async () => {
    watch?.stop();
    await removeProject(project);
    await server?.close();
    if (folder !== undefined) {
      await rm(folder, { recursive: true, force: true });
    }
  });

  /** A repository with the program and the stack's config: no stack has been made yet. */
  async function makeOrigin(): Promise<string> {
    const origin = join(folder, "origin");
    await makeSmallProgram(origin);
    const values = { ...SMALL_SETTINGS, projectName: project, ports: { api: await freePort() } };
    await writeFile(join(origin, "Pulumi.prod.yaml"), stackConfigText("z-billing-lago", values));
    for (const args of [
      ["init", "--quiet", "--initial-branch", "main"],
      ["add", "--all"],
      ["commit", "--quiet", "--message", "Deploy Lago"],
      // Whoever clones it may push to it.
      ["config", "receive.denyCurrentBranch", "ignore"],
    ]) {
      const env = { ...inheritedEnvironment(), ...GIT_PERSON };
      must(await run("git", args, { cwd: origin, env, timeoutMs: 30_000 }));
    }
    return origin;
  }

  async function machine(name: string, origin: string): Promise<Machine> {
    const { url } = await documentedBackend(server.address);
    const variables = {
      ...server.env,
      PULUMI_BACKEND_URL: url,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
    };
    const home = join(folder, name);
    await mkdir(home);
    return await makeMachine(home, origin, variables, (text) => printed.push(text));
  }

  const configure = (clone: string, change: (values: StackValues) => void) =>
    changeConfig(join(clone, "Pulumi.prod.yaml"), change);

  const apiEnvironment = async () => environmentOf(project, "api");

  const locks = async () =>
    [...(await server.objects())].filter(([key]) => key.startsWith(LOCKS)).map(([, lock]) => lock);

  it("is made by the first deploy, by the variables of the documents alone", async () => {
    const { stdout } = must(await one.pipeline(["deploy", "--create", ...STACK]));
    expect(stdout).toContain("Deployed stack prod");
    expect(standingOf(await containersOf(project))).toEqual(SMALL_RUNS);
    expect([...(await server.objects()).keys()]).toContain(STATE);
    expect(await locks()).toEqual([]);
    must(await one.pipeline(["preview", "--detailed-exitcode", ...STACK]));
  });

  it("is what another machine goes on from, with a fresh clone", async () => {
    must(await one.git("commit", "--quiet", "--all", "--message", "Keep the stack's salt"));
    must(await one.git("push", "--quiet", "origin", "main"));
    other = await machine("other", join(folder, "origin"));
    must(await other.pipeline(["preview", "--detailed-exitcode", ...STACK]));

    const before = await containersOf(project);
    const secret = ["--path", "settings.mail.smtpPassword", password, "--secret"];
    must(await other.pulumi("config", "set", ...secret, ...STACK));
    const { stdout } = must(await other.pipeline(["deploy", ...STACK]));
    expect(stdout).toMatch(/migrate +recreated +variable LAGO_SMTP_PASSWORD/);
    expect((await apiEnvironment()).LAGO_SMTP_PASSWORD).toBe(password);
    const after = await containersOf(project);
    expect(after.get("db")?.Id).toBe(before.get("db")?.Id);
    // The first machine's config lags behind, and a look says so.
    const behind = await one.pipeline(["preview", "--detailed-exitcode", ...STACK]);
    expect(behind.exitCode, behind.stdout).toBe(4);
  });

  it("is not to be had with a key that the server does not know", async () => {
    const env = { AWS_SECRET_ACCESS_KEY: "not-the-secret" };
    const { exitCode, stdout } = await other.pipeline(["deploy", ...STACK], { env });
    expect(exitCode).toBe(EXIT_CODES.CommandFailed);
    expect(stdout).toMatch(/nothing was touched/i);
    expect(stdout).toContain("SignatureDoesNotMatch");
  });

  it("is locked while one machine works, for the other to see who does", async () => {
    await configure(one.clone, (values) => {
      Object.assign(values, { restartToken: "at work", disableSignup: true });
    });
    let pipeline = 0;
    const onStart = (pid: number) => {
      pipeline = pid;
    };
    const deploy = one.pipeline(["deploy", ...STACK], { onStart });
    await eventually(
      async () => watch.current("up"),
      (seen) => seen !== undefined,
      60_000,
    );
    const held = JSON.parse((await locks())[0] ?? "{}") as { pid: number; hostname: string };
    // Otherwise it may be done before the other one comes to ask for the lock.
    process.kill(held.pid, "SIGSTOP");
    const holder = new RegExp(`held by \\S+@${held.hostname} \\(pid ${held.pid}\\) at \\d{4}-`);

    const impatient = await other.pipeline(["deploy", "--lock-timeout", "1", ...STACK]);
    expectLocked(impatient, holder);

    // The machine is lost: nobody else can know that, and what is printed leads out of it.
    process.kill(pipeline, "SIGKILL");
    process.kill(held.pid, "SIGKILL");
    await deploy;
    const late = await other.pipeline(["deploy", "--lock-timeout", "1", ...STACK]);
    expectLocked(late, holder);
    const commands = [...late.stdout.matchAll(/`pulumi (cancel|refresh) ([^`]*)`/g)].map(
      ([, command = "", rest = ""]) => [command, ...rest.split(" ")],
    );
    expect(commands.map(([command]) => command)).toEqual(["cancel", "refresh"]);
    for (const [command = "", ...args] of commands) {
      // A person answers the question that it asks.
      must(await other.pulumi(command, ...args.filter((arg) => arg !== "--yes"), "--yes"));
    }
    expect(await locks()).toEqual([]);
    must(await other.pipeline(["deploy", ...STACK]));
    expect(standingOf(await containersOf(project))).toEqual(SMALL_RUNS);
    expect(await apiEnvironment()).toMatchObject({
      LAGO_DISABLE_SIGNUP: "false",
      LAGO_SMTP_PASSWORD: password,
    });
    must(await other.pipeline(["preview", "--detailed-exitcode", ...STACK]));
    expect(watch.meetings).toEqual([]);
  });

  it("holds no secret in the clear, and neither does what was printed", async () => {
    const all = await server.objects();
    const kinds = ["stacks", "history", "backups", "meta.yaml"].map((name) => `.pulumi/${name}`);
    for (const kind of kinds) {
      expect([...all.keys()].filter((key) => key.startsWith(kind))).not.toEqual([]);
    }
    const inApi = secretValues(await apiEnvironment()).filter((value) => !PUBLIC.has(value));
    expect(inApi).toContain(password);
    expect(inApi.length).toBeGreaterThanOrEqual(6);
    const secrets = [...inApi, passphrase, server.env.AWS_SECRET_ACCESS_KEY];
    expect(all.get(STATE)).toContain("ciphertext");
    for (const [place, text] of [...all, ["console", printed.join("\n")] as const]) {
      for (const form of secrets.flatMap(formsOf)) {
        const what = `a secret of ${form.length} characters in ${place}`;
        expect(text.includes(form), what).toBe(false);
      }
    }
  });
});

function expectLocked({ exitCode, stdout }: RunResult, holder: RegExp): void {
  expect(exitCode, stdout).toBe(EXIT_CODES.Locked);
  expect(stdout).toMatch(holder);
  expect(stdout).toContain("Nothing was touched");
}
