import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  commandPluginFolder,
  hasOfflineCommandProvider,
  installOfflineCommandProvider,
} from "../../../../sandbox/command-provider/install.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { run } from "../../../../src/process/run.ts";

let home: string;
let plugin: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "zbl-test-install-"));
  plugin = commandPluginFolder(home);
});
afterEach(() => rm(home, { recursive: true }));

describe("installOfflineCommandProvider", () => {
  it("makes a plugin that starts, with nothing of the checkout, from any folder", async () => {
    await installOfflineCommandProvider(home);
    const moved = join(home, "a folder with 'quotes'");
    await rename(plugin, moved);
    expect(await portOf(join(moved, "pulumi-resource-command"))).toMatch(/^\d+$/);
  });

  it("leaves nothing else behind", async () => {
    expect(await hasOfflineCommandProvider(home)).toBe(false);
    await installOfflineCommandProvider(home);
    expect(await hasOfflineCommandProvider(home)).toBe(true);
    expect(await readdir(join(home, "plugins"))).toEqual(["resource-command-v1.2.1"]);
  });

  it("does nothing the second time", async () => {
    await installOfflineCommandProvider(home);
    const before = await stat(plugin);
    await installOfflineCommandProvider(home);
    expect((await stat(plugin)).ino).toBe(before.ino);
  });

  it("replaces an offline plugin made of other sources", async () => {
    await installOfflineCommandProvider(home);
    await writeFile(join(plugin, "z-billing-lago-offline.json"), '{ "digest": "older" }');
    await writeFile(join(plugin, "provider", "gone.ts"), "");
    await installOfflineCommandProvider(home);
    expect(await readdir(join(plugin, "provider"))).not.toContain("gone.ts");
    expect(await readdir(join(home, "plugins"))).toEqual(["resource-command-v1.2.1"]);
  });

  it("leaves an official plugin alone", async () => {
    await mkdir(plugin, { recursive: true });
    await writeFile(join(plugin, "pulumi-resource-command"), "official");
    await installOfflineCommandProvider(home);
    expect(await hasOfflineCommandProvider(home)).toBe(false);
    expect(await readFile(join(plugin, "pulumi-resource-command"), "utf8")).toBe("official");
    expect(await readdir(plugin)).toEqual(["pulumi-resource-command"]);
  });

  it("says what to do about a half-done official installation", async () => {
    await mkdir(plugin, { recursive: true });
    await writeFile(`${plugin}.partial`, "");
    await expect(installOfflineCommandProvider(home)).rejects.toThrow(
      "half installed; remove it with: pulumi plugin rm resource command 1.2.1 --yes",
    );
  });

  it("can run several times at once", async () => {
    await Promise.all(Array.from({ length: 4 }, () => installOfflineCommandProvider(home)));
    expect(await readdir(join(home, "plugins"))).toEqual(["resource-command-v1.2.1"]);
    expect(await portOf(join(plugin, "pulumi-resource-command"))).toMatch(/^\d+$/);
  });
});

/** The port that a plugin prints when it is ready. */
async function portOf(executable: string): Promise<string> {
  const stop = new AbortController();
  let port = "";
  await run(executable, ["127.0.0.1:1"], {
    cwd: "/",
    env: inheritedEnvironment(),
    timeoutMs: 20_000,
    signal: stop.signal,
    onLine: (line) => {
      port ||= line;
      stop.abort();
    },
  }).catch((error: unknown) => {
    if (!stop.signal.aborted) {
      throw error;
    }
  });
  return port;
}
