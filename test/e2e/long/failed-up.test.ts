/** A first up that fails: it says why, loses nothing, and can be destroyed or repeated. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, networksOf, removeProject, volumesOf } from "../../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../../testing/stack.ts";

let lago: TestStack;

beforeAll(async () => {
  // The stand-ins' own switches, which are no variables of Lago.
  const allowUnsafe = ["LAGO_SANDBOX_ONLY", "LAGO_SANDBOX_EXIT_CODE"].map(
    (name) => `unknown-variable:${name}`,
  );
  const environment = { LAGO_SANDBOX_ONLY: "migrate", LAGO_SANDBOX_EXIT_CODE: "7" };
  lago = await createTestStack({ allowUnsafe, environment }, { small: true });
});

afterAll(async () => {
  await lago?.dispose();
});

describe("a first up whose migration fails", () => {
  it("fails with the service, its exit code and its last log lines", async () => {
    const up = await lago.up();
    const said = up.stdout + up.stderr;

    expect(up.exitCode).not.toBe(0);
    expect(said).toContain("MigrationFailed");
    expect(said).toContain("Service migrate");
    expect(said).toContain("exit code 7");
    expect(said).toContain("stand-in for getlago/api:v1.50.0");
    expect((await containersOf(lago.project)).get("api")?.State.Status).toBe("created");
  });

  it("is repaired by the next up, once the cause is corrected", async () => {
    await lago.set("environment.LAGO_SANDBOX_EXIT_CODE", "");
    await lago.mustUp();
    expect((await containersOf(lago.project)).get("api")?.State.Health?.Status).toBe("healthy");
    must(await lago.preview("--expect-no-changes"));
    must(await lago.destroy());
  });

  it("leaves nothing behind after destroy but its volumes", async () => {
    // Its keys are gone with the stack: this is to be a first start again.
    await removeProject(lago.project);
    await lago.set("environment.LAGO_SANDBOX_EXIT_CODE", "7");
    expect((await lago.up()).exitCode).not.toBe(0);
    expect((await containersOf(lago.project)).size).toBeGreaterThan(0);

    must(await lago.destroy());

    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await networksOf(lago.project)).toEqual([]);
    expect(await volumesOf(lago.project)).toHaveLength(4);
  });
});
