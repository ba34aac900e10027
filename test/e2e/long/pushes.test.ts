/** Pushes that are reverted, come at once, or meet the lock of somebody else. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../../src/cli/exit-codes.ts";
import { type ComposeWatch, watchComposeRuns } from "../../../testing/compose-runs.ts";
import { docker, environmentOf, requireDocker } from "../../../testing/docker.ts";
import { must } from "../../../testing/stack.ts";
import { livesOf } from "../../../testing/standing.ts";
import {
  createGitDeployment,
  deployAtWork,
  type GitDeployment,
} from "../support/git-deployment.ts";

let lago: GitDeployment;
let dev: string;
let watch: ComposeWatch;

beforeAll(async () => {
  await requireDocker();
  lago = await createGitDeployment();
  dev = lago.project("dev");
  watch = watchComposeRuns(dev);
  must(await lago.push());
});

afterAll(async () => {
  watch?.stop();
  await lago?.dispose();
});

const isSignupDisabled = async () => (await environmentOf(dev, "api")).LAGO_DISABLE_SIGNUP;

describe("a push", () => {
  it("that is reverted restores what was", async () => {
    await lago.configure("dev", (values) => Object.assign(values, { disableSignup: true }));
    must(await lago.push());
    expect(await isSignupDisabled()).toBe("true");
    must(await lago.git("revert", "--no-edit", "HEAD"));
    expect(must(await lago.push()).stderr).toContain("remote: Deployed stack dev");
    expect(await isSignupDisabled()).toBe("false");
  });

  it("comes after the one before, and the last commit is what is deployed", async () => {
    await lago.configure("dev", (values) => Object.assign(values, { disableSignup: true }));
    const first = lago.push();
    await deployAtWork(lago, "dev", watch);
    const said: string[] = [];
    const onLine = (line: string) => said.push(line);
    const byHand = lago.pipeline("dev", ["deploy"], { onLine });
    await lago.configure("dev", (values) => Object.assign(values, { restartToken: "again" }));
    const second = lago.push();
    for (const result of await Promise.all([first, byHand, second])) {
      must(result);
    }
    expect(said.join("\n")).toMatch(/stack dev: waiting up to 900 s for `deploy` \(pid \d+ on /);
    expect(watch.meetings).toEqual([]);
    expect(await isSignupDisabled()).toBe("true");
    must(await lago.pipeline("dev", ["preview", "--detailed-exitcode"]));
    const checkout = join(lago.repository, "lago", "dev");
    const deployed = must(await lago.git("-C", checkout, "rev-parse", "HEAD")).stdout.trim();
    const tip = must(await lago.git("ls-remote", "origin", "main")).stdout.split("\t")[0];
    expect(deployed).toBe(tip);
  });

  it("leaves a lock alone whose holder cannot be known to be at work", async () => {
    const lock = { pid: 4711, username: "ci", hostname: "elsewhere", timestamp: new Date() };
    const file = join(lago.pulumiLocks("dev"), "00000000-0000-4000-8000-000000000000.json");
    await writeFile(file, JSON.stringify(lock));
    await docker("container", "stop", `${dev}-redis-1`);
    const before = await livesOf(dev);
    const { exitCode, stdout } = await lago.pipeline("dev", ["deploy", "--lock-timeout", "3"]);
    expect(exitCode).toBe(EXIT_CODES.Locked);
    expect(stdout).toContain("held by ci@elsewhere (pid 4711) at ");
    expect(stdout).toContain("cancel --yes --stack dev` gives the lock back");
    expect(await livesOf(dev)).toEqual(before);
    must(await lago.pulumi("cancel", "--yes", "--stack", "dev"));
    must(await lago.pipeline("dev", ["deploy"]));
  });
});
