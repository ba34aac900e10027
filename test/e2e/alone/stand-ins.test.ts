/** Stand-in images: which of them are made, and when. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DIGEST_LABEL, ensureStandIns, STAND_IN_LABEL } from "../../../sandbox/images/build.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { run } from "../../../src/process/run.ts";
import { docker, testName } from "../../../testing/docker.ts";
import { ROOT } from "../../../testing/folders.ts";

const BUILD = join(ROOT, "sandbox/images/build.ts");

/** Tags that no compose file has. */
const image = (repository: string) => {
  const reference = `${repository}:${testName()}`;
  images.push(reference);
  return reference;
};
const images: string[] = [];

const idOf = (reference: string) => docker("image", "inspect", "--format={{.Id}}", reference);
const labelOf = (reference: string, label: string) =>
  docker("image", "inspect", `--format={{index .Config.Labels "${label}"}}`, reference);

async function ensure(...references: string[]): Promise<string[]> {
  const lines: string[] = [];
  await ensureStandIns({ images: references, report: (line) => lines.push(line) });
  return lines;
}

describe("ensureStandIns", () => {
  let folder: string;
  /** An image without files. */
  const importEmpty = (reference: string, ...labels: string[]) => {
    const changes = labels.map((label) => `--change=LABEL ${label}`);
    return docker("import", ...changes, join(folder, "empty.tar"), reference);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "zbl-test-"));
    // Two empty blocks: the end of a tar archive.
    await writeFile(join(folder, "empty.tar"), Buffer.alloc(1024));
  });

  afterAll(async () => {
    await docker("image", "rm", "--force", ...images);
    await rm(folder, { recursive: true, force: true });
  });

  it("builds what is missing, under its name, with the tag as its version, and only once", async () => {
    const api = image("getlago/api");
    const lines = await ensure(api);
    expect(lines.at(-1)).toContain(`building a stand-in (api) for ${api}: it is missing`);
    expect(await labelOf(api, STAND_IN_LABEL)).toBe("api");
    const version = await docker("run", "--rm", "--entrypoint=cat", api, "/app/LAGO_VERSION");
    expect(`getlago/api:${version}`).toBe(api);

    const before = await idOf(api);
    const startedAt = performance.now();
    expect(await ensure(api)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await idOf(api)).toBe(before);
  });

  it("never replaces an image that is no stand-in", async () => {
    const foreign = image("getlago/api");
    const missing = image("redis");
    await importEmpty(foreign, "maintainer=somebody");
    const before = await idOf(foreign);
    const lines = await ensure(foreign, missing);
    expect(lines).toContainEqual(expect.stringContaining(`keeping ${foreign}`));
    expect(await idOf(foreign)).toBe(before);
    expect(await labelOf(missing, STAND_IN_LABEL)).toBe("redis");
  });

  it("replaces a stand-in whose sources have changed since", async () => {
    const stale = image("redis");
    const old = await importEmpty(stale, `${STAND_IN_LABEL}=redis`, `${DIGEST_LABEL}=0123`);
    const lines = await ensure(stale);
    expect(lines.at(-1)).toContain(`for ${stale}: its sources have changed`);
    expect(await idOf(stale)).not.toBe(old);
    expect(await labelOf(stale, DIGEST_LABEL)).toMatch(/^[0-9a-f]{64}$/);
    await expect(idOf(old)).rejects.toThrow(/no such image/i);
  });

  it("refuses an image that nothing can stand in for, before it builds anything", async () => {
    const missing = image("redis");
    await expect(ensure(missing, "traefik:zbl-test")).rejects.toThrow(/traefik:zbl-test/);
    await expect(idOf(missing)).rejects.toThrow(/no such image/i);
    images.splice(images.indexOf(missing), 1);
  });

  it("takes an image that it does not know as it is", async () => {
    const unknown = image("zbl-test/other");
    const before = await importEmpty(unknown);
    await ensure(unknown);
    expect(await idOf(unknown)).toBe(before);
  });

  it("ends well when two processes build the same at once", async () => {
    const [api, redis] = [image("getlago/api"), image("redis")];
    const ours = `--filter=label=${STAND_IN_LABEL}`;
    const dangling = () => docker("image", "ls", "--quiet", "--filter=dangling=true", ours);
    const before = await dangling();
    const start = () =>
      run(process.execPath, [BUILD, api, redis], {
        env: inheritedEnvironment(),
        timeoutMs: 120_000,
      });
    const results = await Promise.all([start(), start()]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const built = results.flatMap(({ stderr }) => stderr.match(/building a stand-in/g) ?? []);
    expect(built).toHaveLength(2);
    expect(await labelOf(api, STAND_IN_LABEL)).toBe("api");
    expect(await labelOf(redis, STAND_IN_LABEL)).toBe("redis");
    expect(await dangling()).toBe(before);
  });
});
