/** Every variable of the catalogue, set on the files of earlier releases and read back inside the containers. */
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ensureStandIns, STAND_IN_IMAGES } from "../../../sandbox/images/build.ts";
import { newRsaPrivateKey } from "../../../src/lago/config/generate.ts";
import { removeProject, requireDocker, testName } from "../../../testing/docker.ts";
import { LAGO_FILES } from "../../../testing/folders.ts";
import { freePort } from "../../../testing/ports.ts";
import { deployEverySetting } from "../support/every-setting.ts";

const RELEASES = ["v1.43.0", "v1.45.0", "v1.49.0"];

let project: string;
let rsaKey: string;

beforeAll(async () => {
  await requireDocker();
  rsaKey = await newRsaPrivateKey();
  const images = RELEASES.flatMap((tag) => [`getlago/api:${tag}`, `getlago/front:${tag}`]);
  const all = [...STAND_IN_IMAGES, "postgres:15-alpine", ...images];
  await ensureStandIns({ images: all, report: () => {} });
});

afterEach(async () => {
  await removeProject(project);
});

describe("every setting of Lago", () => {
  it.each(RELEASES)("takes effect on %s, byte for byte", async (release) => {
    project = testName();
    const ports = { api: await freePort(), front: await freePort() };
    const path = join(LAGO_FILES, release);
    const done = await deployEverySetting(path, { projectName: project, ports }, rsaKey);
    expect(done.wrong).toEqual([]);
    expect(done.compared).toBeGreaterThan(480);
  });
});
