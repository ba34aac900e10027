/** Other people's stacks that give their own keys, deployed by Pulumi without a key in the config. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_IMAGES } from "../../../../sandbox/images/build.ts";
import { environmentOf, requireDocker, TEST_PREFIX } from "../../../../testing/docker.ts";
import { createTestStack, must, type TestStack } from "../../../../testing/stack.ts";
import { standingsOf } from "../../support/other-stacks/standing.ts";
import { writeStack } from "../../support/other-stacks/write.ts";

let root: string;
let lago: TestStack | undefined;

beforeAll(async () => {
  await requireDocker();
  await ensureStandIns({ images: STAND_IN_IMAGES, report: () => {} });
  root = await mkdtemp(join(tmpdir(), TEST_PREFIX));
});

afterEach(async () => {
  await lago?.dispose();
  lago = undefined;
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Variables of a stack's `.env` that its compose files refer to by names of their own. */
type Variables = (secrets: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;

const NONE: Variables = () => ({});

describe("a stack with", () => {
  it.each<[string, Variables]>([
    [
      "variables of their own names",
      ({ POSTGRES_PASSWORD = "", SECRET_KEY_BASE = "" }) => ({
        LAGO_DB_PASSWORD: POSTGRES_PASSWORD,
        LAGO_SECRET_KEY_BASE: SECRET_KEY_BASE,
      }),
    ],
    ["literals in the file", NONE],
    ["everything from .env", NONE],
    [
      "the database's password in a file of its own",
      ({ POSTGRES_PASSWORD = "" }) => ({ OUR_PASSWORD: POSTGRES_PASSWORD }),
    ],
  ])("%s runs with them, and a preview has nothing to do", async (name, variablesOf) => {
    const { folder, given } = await writeStack(name, root, "");
    const { secrets } = given;
    lago = await createTestStack({ lagoPath: folder, disableSignup: true });
    for (const [variable, value] of Object.entries(variablesOf(secrets))) {
      await lago.set(`environment.${variable}`, value, { secret: true });
    }
    await lago.mustUp();

    const states = [...(await standingsOf(lago.project))].map(([service, [one]]) => [
      service,
      one?.state,
    ]);
    expect(states.sort()).toEqual([
      ["api", "running healthy"],
      ["db", "running healthy"],
      ["front", "running 0"],
      ["migrate", "exited 0"],
      ["redis", "running healthy"],
      ["worker", "running 0"],
    ]);
    const { SECRET_KEY_BASE, DATABASE_URL } = await environmentOf(lago.project, "api");
    const keys = JSON.parse(
      must(await lago.pulumi(["stack", "output", "keys", "--json", "--show-secrets"])).stdout,
    ) as Record<string, string>;
    expect(keys.secretKeyBase).toBe(SECRET_KEY_BASE);
    expect(DATABASE_URL).toContain(`:${secrets.POSTGRES_PASSWORD}@`);
    must(await lago.preview("--expect-no-changes"));
  });
});
