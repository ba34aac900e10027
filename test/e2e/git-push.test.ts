/** Push a commit, the environment follows: git's own hooks, the real Pulumi and the real engine. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretValues } from "../../src/lago/secret-settings.ts";
import { type ComposeWatch, watchComposeRuns } from "../../testing/compose-runs.ts";
import { containersOf, docker, environmentOf, requireDocker } from "../../testing/docker.ts";
import { SMALL_RUNS } from "../../testing/small-program.ts";
import { must } from "../../testing/stack.ts";
import { livesOf, standingOf } from "../../testing/standing.ts";
import { createGitDeployment, deployAtWork, type GitDeployment } from "./support/git-deployment.ts";
import { expectNoneOf } from "./support/secrets.ts";

let lago: GitDeployment;
let dev: string;
let watch: ComposeWatch;

beforeAll(async () => {
  await requireDocker();
  lago = await createGitDeployment();
  dev = lago.project("dev");
  watch = watchComposeRuns(dev);
});

afterAll(async () => {
  watch?.stop();
  await lago?.dispose();
});

const tipOf = async (branch: string) =>
  must(await lago.git("ls-remote", "origin", branch)).stdout.split("\t")[0];

const stateOf = async (stack: string) =>
  must(await lago.pulumi("stack", "export", "--stack", stack)).stdout;

describe("a push to the branch of a stack", () => {
  it("deploys it", async () => {
    const { stderr } = must(await lago.push());
    expect(stderr).toContain("remote: Deployed stack dev");
    expect(standingOf(await containersOf(dev))).toEqual(SMALL_RUNS);
    expect(await containersOf(lago.project("prod"))).toEqual(new Map());
  });

  it("that changes a setting changes what the setting is for, and says so", async () => {
    const before = await livesOf(dev);
    await lago.configure("dev", (values) => Object.assign(values, { disableSignup: true }));
    const { stderr } = must(await lago.push());
    expect(stderr).toMatch(
      /remote: migrate +recreated +variable LAGO_DISABLE_SIGNUP \(setting signup\.disabled\) changed/,
    );
    expect(stderr).toContain("remote: Down for a moment, in this order: api");
    expect((await environmentOf(dev, "api")).LAGO_DISABLE_SIGNUP).toBe("true");
    const after = await livesOf(dev);
    expect(after.db).toBe(before.db);
    expect(after.redis).toBe(before.redis);
    expect(after.api).not.toBe(before.api);
  });

  it("that breaks the config is refused with the reason, and nothing is touched", async () => {
    const [before, state, tip] = [await livesOf(dev), await stateOf("dev"), await tipOf("main")];
    await lago.configure("dev", (values) => Object.assign(values, { pullPolicy: "sometimes" }));
    const reason = /remote: error: .*InvalidConfig: pullPolicy: expected one of/;
    await lago.hook("pre-receive", true);
    const { exitCode, stderr } = await lago.push();
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("[remote rejected] main -> main (pre-receive hook declined)");
    expect(stderr).toMatch(reason);
    expect(await tipOf("main")).toBe(tip);

    // The hook that deploys refuses it just the same where there is no other one.
    await lago.hook("pre-receive", false);
    const late = must(await lago.push()).stderr;
    expect(late).toMatch(reason);
    expect(late).toContain("remote: Refused for stack dev: nothing was touched");
    expect(await livesOf(dev)).toEqual(before);

    must(await lago.git("revert", "--no-edit", "HEAD"));
    expect(must(await lago.push()).stderr).toContain("remote: Nothing to deploy to stack dev");
    expect(await livesOf(dev)).toEqual(before);
    expect(await stateOf("dev")).toBe(state);
  });
});

describe("a container stopped by hand", () => {
  // The stack has a setting that is secret, which must not make all its variables one.
  it("is told from a change, touched by no look, and healed by the next deploy", async () => {
    must(await lago.pipeline("dev", ["drift"]));
    await docker("container", "stop", `${dev}-redis-1`);
    await docker("container", "rm", "--force", "--volumes", `${dev}-api-1`);
    const [before, state] = [await livesOf(dev), await stateOf("dev")];
    const file = join(lago.lockFolder, "..", "drift.json");
    const { exitCode, stdout } = await lago.pipeline("dev", ["drift", "--json", file]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 3 });
    expect(stdout).toContain("redis has ended with exit code 0");
    const { outcome, touched, drift, notes } = JSON.parse(await readFile(file, "utf8"));
    expect({ outcome, touched, notes }).toEqual({ outcome: "drift", touched: false, notes: [] });
    expect(drift).toContainEqual({
      ...{ project: dev, kind: "exited", subject: "redis", exitCode: 0 },
      what: "redis has ended with exit code 0",
    });
    expect(drift).toContainEqual({
      ...{ project: dev, kind: "missing", subject: "api" },
      what: "api is missing",
    });
    const look = ["preview", "--detailed-exitcode"];
    expect(await lago.pipeline("dev", look)).toMatchObject({ exitCode: 3 });

    const password = [
      "config",
      "set",
      "--secret",
      "--path",
      "settings.mail.smtpPassword",
      "another",
    ];
    must(await lago.pulumi(...password, "--stack", "dev"));
    const work = must(await lago.git("rev-parse", "--show-toplevel")).stdout.trim();
    const changed = await lago.pipeline("dev", look, { cwd: work });
    expect(changed).toMatchObject({ exitCode: 4 });
    expect(changed.stdout).toContain("A deploy would change stack dev, and heal what has drifted");
    must(await lago.git("checkout", "--", "Pulumi.dev.yaml"));
    expect(await livesOf(dev)).toEqual(before);
    expect(await stateOf("dev")).toBe(state);

    // An engine that cannot be asked tells nothing: least of all that all is well.
    const unknown = { env: { DOCKER_HOST: "unix:///nowhere" } };
    expect(await lago.pipeline("dev", ["drift"], unknown)).toMatchObject({ exitCode: 6 });

    must(await lago.git("commit", "--quiet", "--allow-empty", "--message", "Heal"));
    const { stderr } = must(await lago.push());
    expect(stderr).toMatch(/remote: redis +started +it had ended with exit code 0/);
    expect(standingOf(await containersOf(dev))).toEqual(SMALL_RUNS);
    expect((await livesOf(dev)).db).toBe(before.db);
    must(await lago.pipeline("dev", ["drift"]));
  });
});

describe("a deploy that is killed", () => {
  it("is recovered by the next one", async () => {
    await lago.configure("dev", (values) => Object.assign(values, { restartToken: "killed" }));
    const push = lago.push();
    const { pipeline, pulumi } = await deployAtWork(lago, "dev", watch);
    process.kill(pipeline, "SIGKILL");
    process.kill(pulumi, "SIGKILL");
    expect((await push).stderr).not.toContain("Deployed stack dev");
    expect(await readdir(lago.pulumiLocks("dev"))).not.toEqual([]);
    expect(await stateOf("dev")).toContain("pending_operations");

    must(await lago.git("commit", "--quiet", "--allow-empty", "--message", "Once more"));
    const { stderr } = must(await lago.push());
    expect(stderr).toContain("giving back the lock of a killed deploy");
    expect(stderr).toContain("The last run did not finish. None of its processes runs any more");
    expect(stderr).toContain("remote: Deployed stack dev");
    expect(standingOf(await containersOf(dev))).toEqual(SMALL_RUNS);
    expect(await readdir(lago.pulumiLocks("dev")).catch(() => [])).toEqual([]);
    expect(await stateOf("dev")).not.toContain("pending_operations");
    must(await lago.pipeline("dev", ["preview", "--detailed-exitcode"]));
    expect(watch.meetings).toEqual([]);
  });
});

it("gave away no secret to whoever pushed or looked", async () => {
  const environment = await environmentOf(dev, "api");
  expect(environment.LAGO_SMTP_PASSWORD).toBe(lago.secret);
  expectNoneOf([lago.secret, ...secretValues(environment)], lago.printed(), "output");
});
