/** Drift and changes of a stack with secret settings, also after an upgrade that failed. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, docker } from "../../../testing/docker.ts";
import { createTestStack, must, type TestStack, wordsOf } from "../../../testing/stack.ts";

let lago: TestStack;

beforeAll(async () => {
  const config = { memoryLimits: { api: "512m" }, environment: { LAGO_LOG_LEVEL: "debug" } };
  lago = await createTestStack(config, { small: true });
  await lago.set("settings.mail.smtpPassword", "hunter2-hunter2", { secret: true });
  await lago.set("environment.LAGO_SMTP_USERNAME", "mailer-2871", { secret: true });
  await lago.mustUp();
});

afterAll(() => lago?.dispose());

/** Exit codes and texts of the two steps that look for drift and for changes. */
async function assessed() {
  const step = (...args: string[]) => lago.cli(["pipeline", ...args, "--stack", lago.stack]);
  const [preview, drift] = [await step("preview", "--detailed-exitcode"), await step("drift")];
  return {
    codes: { preview: preview.exitCode, drift: drift.exitCode },
    said: `${preview.stdout}\n${drift.stdout}`,
  };
}

describe("a stack with secret settings", () => {
  it("has drifted, and has no change, when a service has ended", async () => {
    await docker("container", "stop", `${lago.project}-api-1`);
    expect(await assessed()).toMatchObject({ codes: { preview: 3, drift: 3 } });
  });

  it("has a change too, once a setting is another one", async () => {
    await lago.set("settings.mail.smtpPassword", "hunter3-hunter3", { secret: true });
    expect(await assessed()).toMatchObject({ codes: { preview: 4, drift: 3 } });
    await lago.mustUp();
    must(await lago.preview("--expect-no-changes"));
  });
});

describe("an upgrade to a release that does not exist", () => {
  it("leaves the earlier release, and the change still to make, and no drift", async () => {
    await lago.set("version", "v9.99.0");
    expect((await lago.up()).exitCode).not.toBe(0);

    const { codes, said } = await assessed();
    expect(codes).toEqual({ preview: 4, drift: 0 });
    expect(said).toMatch(/^migrate +recreated +image getlago\/api:v1\.50\.0 -> getlago\/api:v9/m);
    expect(said).not.toContain("v9.99.0 is declared");
  });

  it("leaves drift as it is", async () => {
    await docker("container", "stop", `${lago.project}-api-1`);
    const { codes, said } = await assessed();
    expect(codes).toEqual({ preview: 4, drift: 3 });
    expect(said).toContain("api has ended with exit code 0");
    expect(said).not.toContain("v9.99.0 is declared");
  });

  it("is undone by the version of before, which touches no container", async () => {
    await docker("container", "start", `${lago.project}-api-1`);
    const ids = async () =>
      [...(await containersOf(lago.project))].map(([service, { Id }]) => [service, Id]);
    const before = await ids();
    must(await lago.pulumi(["config", "rm", "version"]));
    await lago.mustUp();
    expect(await ids()).toEqual(before);
    expect(await assessed()).toMatchObject({ codes: { preview: 0, drift: 0 } });
  });
});

describe("an upgrade that fails half-way", () => {
  it("leaves what was replaced as the change declared it, and nothing the other way round", async () => {
    // The stand-ins' own switches, which are no variables of Lago.
    const allowed = ["LAGO_SANDBOX_ONLY", "LAGO_SANDBOX_EXIT_CODE"];
    for (const [index, name] of allowed.entries()) {
      await lago.set(`allowUnsafe[${index}]`, `unknown-variable:${name}`);
    }
    await lago.set("environment.LAGO_SANDBOX_ONLY", "migrate");
    await lago.set("environment.LAGO_SANDBOX_EXIT_CODE", "7");
    const up = await lago.up();
    expect(up.exitCode).not.toBe(0);
    expect(wordsOf(up)).toContain("MigrationFailed");

    const { codes, said } = await assessed();
    expect(codes).toEqual({ preview: 4, drift: 3 });
    expect(said).toContain("migrate has ended with exit code 7");
    expect(said).not.toContain("runs with other settings");

    await lago.set("environment.LAGO_SANDBOX_EXIT_CODE", "");
    await lago.mustUp();
    must(await lago.preview("--expect-no-changes"));
  });
});
