/** A stack whose state is lost: the deployment runs on, and is taken up as it runs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GUARDED_KEY_NAMES } from "../../../src/lago/lago-keys.ts";
import { containersOf, environmentOf, networksOf, volumesOf } from "../../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../../testing/stack.ts";
import { expectNoSecret } from "../support/secrets.ts";

let lago: TestStack;
let running: [service: string, id: string, startedAt: string][];

beforeAll(async () => {
  lago = await createTestStack({}, { small: true });
  await lago.mustUp();
  running = await lasting();
});

afterAll(async () => {
  await lago?.dispose();
});

/** The containers that serve, with when they started: one that was restarted is another one here. */
async function lasting(): Promise<[string, string, string][]> {
  return [...(await containersOf(lago.project))]
    .filter(([service]) => service !== "migrate")
    .map(([service, { Id, State }]): [string, string, string] => [service, Id, State.StartedAt])
    .sort();
}

async function loseState(): Promise<void> {
  must(await lago.pulumi(["stack", "rm", "--force", "--yes", "--preserve-config"]));
  must(await lago.workspace.pulumi(["stack", "init", lago.stack]));
}

const recover = () =>
  lago.cli(["keys", "recover", "--project", lago.project, "--stack", lago.stack]);

describe("a stack that has lost its state", () => {
  it("takes its generated keys from the containers, and adopts these as they run", async () => {
    await loseState();
    must(await lago.preview());
    await lago.mustUp();
    expect(await lasting()).toEqual(running);
    must(await lago.preview("--expect-no-changes"));
    const inside = await environmentOf(lago.project, "api");
    await expectNoSecret(lago, inside);
    const keys = must(await lago.pulumi(["stack", "output", "keys", "--json", "--show-secrets"]));
    expect(Object.keys(JSON.parse(keys.stdout))).toEqual(
      expect.arrayContaining([...GUARDED_KEY_NAMES]),
    );
  });

  it("needs no containers once its config has the keys", async () => {
    const recovered = must(await recover());
    expect(recovered.stderr).toContain("The keys fit the data");
    const inside = await environmentOf(lago.project, "api");
    for (const value of [recovered.stdout, recovered.stderr]) {
      expect(value).not.toContain(inside.SECRET_KEY_BASE);
    }
    await loseState();
    await lago.mustUp();
    expect(await lasting()).toEqual(running);
    must(await lago.preview("--expect-no-changes"));
  });

  it("is destroyed like any other", async () => {
    const volumes = await volumesOf(lago.project);
    must(await lago.destroy());
    expect(await containersOf(lago.project)).toEqual(new Map());
    expect(await networksOf(lago.project)).toEqual([]);
    expect(await volumesOf(lago.project)).toEqual(volumes);
  });

  it("finds nothing to recover once the containers are gone, and says so", async () => {
    const nothing = await recover();
    expect(nothing.exitCode).toBe(10);
    expect(nothing.stderr).toContain("has no containers of Lago");
  });
});
