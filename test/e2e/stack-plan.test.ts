/** What a stack's preview tells of each service: Pulumi's own diff, and the plan on top. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns } from "../../sandbox/images/build.ts";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import type { RunResult } from "../../src/process/run.ts";
import { containersOf, docker, environmentOf } from "../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";
import { expectNoSecret } from "./support/secrets.ts";

let lago: TestStack;
const printed: string[] = [];

beforeAll(async () => {
  await ensureStandIns({ images: ["getlago/api:v1.43.0"], report: () => {} });
  lago = await createTestStack({}, { small: true });
});

afterAll(() => lago?.dispose());

/** `z-billing-lago plan --stack`. */
async function plan(...args: string[]): Promise<RunResult> {
  const result = await lago.cli(["plan", "--stack", lago.stack, ...args]);
  printed.push(result.stdout, result.stderr);
  return result;
}

/** What Pulumi would do to the resources of services, such as `update`; nothing of those that stay. */
async function operations(...options: string[]): Promise<Record<string, string>> {
  const preview = must(await lago.pulumi(["preview", "--json", ...options]));
  const { steps } = JSON.parse(preview.stdout) as {
    steps: { op: string; urn: string }[];
  };
  const services = steps.filter(
    ({ urn, op }) => urn.includes("lago:Service::") && !["refresh", "same"].includes(op),
  );
  return Object.fromEntries(services.map(({ op, urn }) => [urn.replace(/^.*::lago-/, ""), op]));
}

const ALL = ["api", "db", "migrate", "redis"];

function each(operation: string, names: readonly string[] = ALL) {
  return Object.fromEntries(names.map((name) => [name, operation]));
}

describe("the preview of a stack", () => {
  it("tells before the first up that each service is made", async () => {
    expect(await operations()).toEqual(each("create"));
    const { services } = JSON.parse(must(await plan("--json")).stdout).plans[0];
    expect(services.map(({ action }: { action: string }) => action)).toEqual(
      ALL.map(() => "created"),
    );
  });

  it("shows no change after it", async () => {
    await lago.mustUp();
    expect(await operations("--expect-no-changes")).toEqual({});
  });

  it("shows what has drifted by service, and the next up heals that and touches nothing else", async () => {
    const before = await containersOf(lago.project);
    await docker("container", "stop", `${lago.project}-redis-1`);
    await docker("container", "rm", "--force", "--volumes", `${lago.project}-api-1`);

    expect(await operations()).toEqual({ redis: "update", api: "create" });
    const { stdout, stderr } = must(await lago.preview());
    expect(stdout).toMatch(/state +: "running" => "exited \(\d+\)"/);
    // In a diff Pulumi writes what the program says to standard error.
    expect(stderr).toMatch(/^redis +started +it had ended with exit code/m);

    await lago.mustUp();
    const after = await containersOf(lago.project);
    for (const service of ["db", "redis"]) {
      expect(after.get(service)?.Id, service).toBe(before.get(service)?.Id);
    }
    must(await lago.preview("--expect-no-changes"));
  });

  it("names what a changed setting does to which service, with no secret", async () => {
    await lago.set("version", "v1.43.0");
    await lago.set("settings.mail.smtpPassword", "hunter2-hunter2", { secret: true });

    const preview = must(await lago.preview()).stdout;
    expect(preview).toContain('~ image         : "getlago/api:v1.50.0" => "getlago/api:v1.43.0"');
    expect(await operations()).toEqual(each("update", ["api", "migrate"]));
    const markdown = must(await plan("--markdown")).stdout;
    expect(markdown).toMatch(
      /\| `api` \| recreated \| image getlago\/api:v1\.50\.0 -\\> getlago\/api:v1\.43\.0; variable LAGO\\_SMTP\\_PASSWORD changed \(empty -\\> \\#[0-9a-f]{8}\) \|/,
    );
    expect(markdown).toContain("Stays as it is: `db`, `redis`");

    await lago.mustUp();
    must(await lago.preview("--expect-no-changes"));
    const environment = await environmentOf(lago.project, "api");
    expect(environment).toHaveProperty("LAGO_SMTP_PASSWORD", "hunter2-hunter2");
    await expectNoSecret(lago, environment);
    for (const text of printed) {
      expect(text).not.toContain("hunter2");
    }
  });

  it("says why it refuses", async () => {
    await lago.set("pullPolicy", "sometimes");
    const { exitCode, stderr } = await plan("--markdown");
    expect(exitCode).toBe(EXIT_CODES.InvalidConfig);
    expect(stderr).toMatch(
      /^error: InvalidConfig: pullPolicy: expected one of missing, always, never/m,
    );
    expect(stderr).not.toContain("has a problem");
  });
});
