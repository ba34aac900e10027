/** Destroy with the compose file gone, with and without the volumes, beside another stack. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { containersOf, networksOf, volumesOf } from "../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../testing/stack.ts";

let kept: TestStack;
let removed: TestStack;

beforeAll(async () => {
  kept = await createTestStack({}, { small: true });
  removed = await createTestStack({}, { small: true });
  await removed.set("removeVolumesOnDestroy", removed.project);
});

afterAll(async () => {
  await kept?.dispose();
  await removed?.dispose();
});

const stateOf = async (project: string) => ({
  containers: [...(await containersOf(project))]
    .map(([service, { Id, State }]) => [service, Id, State.Status])
    .sort(),
  networks: await networksOf(project),
  volumes: await volumesOf(project),
});

describe("two stacks of one program on one host", () => {
  it("run side by side from the same compose file", async () => {
    await kept.mustUp();
    const first = await stateOf(kept.project);
    await removed.mustUp();

    expect(await stateOf(kept.project)).toEqual(first);
    for (const { apiPort } of [kept, removed]) {
      expect((await fetch(`http://127.0.0.1:${apiPort}/health`)).status).toBe(200);
    }
  });

  it("are destroyed one by one, with the compose file gone and the volumes where asked", async () => {
    const first = await stateOf(kept.project);
    await rm(join(removed.checkout, "lago"), { recursive: true });
    must(await removed.destroy());

    expect(await stateOf(removed.project)).toEqual({ containers: [], networks: [], volumes: [] });
    expect(await stateOf(kept.project)).toEqual(first);
  });

  it("keep their volumes unless told otherwise", async () => {
    await rm(join(kept.checkout, "lago"), { recursive: true });
    const { volumes } = await stateOf(kept.project);
    must(await kept.destroy());

    // Three with data, and the one that tells its keys.
    expect(volumes).toHaveLength(4);
    expect(await stateOf(kept.project)).toEqual({ containers: [], networks: [], volumes });
  });
});
