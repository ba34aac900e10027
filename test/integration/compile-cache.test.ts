import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { compileCacheFolder } from "../../src/compile-cache.ts";
import { runCli } from "../../testing/cli.ts";
import { useFakeDocker } from "../../testing/scripted-docker/fake-docker.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-cache-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs the command line with caches where the variables say. */
async function help(environment: Record<string, string>) {
  const env = { NODE_COMPILE_CACHE: "", ...environment };
  return await runCli(useFakeDocker({}), ["--help"], { env });
}

describe("the cache of what Node compiled", () => {
  it("is the user's own, where the environment has caches", () => {
    const own = join(homedir(), ".cache", "z-billing-lago", "node");
    expect(compileCacheFolder({})).toBe(own);
    expect(compileCacheFolder({ XDG_CACHE_HOME: "" })).toBe(own);
    expect(compileCacheFolder({ XDG_CACHE_HOME: "/x" })).toBe("/x/z-billing-lago/node");
  });

  it("is kept by the command line", async () => {
    const folder = temporaryFolder();
    const { exitCode } = await help({ XDG_CACHE_HOME: folder });
    expect(exitCode).toBe(0);
    expect(readdirSync(join(folder, "z-billing-lago", "node"))).not.toEqual([]);
  });

  it("is missed by nobody where it cannot be kept", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const { exitCode, stderr } = await help({ XDG_CACHE_HOME: file });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  it("is where Node's own variable says", async () => {
    const [own, other] = [temporaryFolder(), temporaryFolder()];
    await help({ NODE_COMPILE_CACHE: own, XDG_CACHE_HOME: other });
    expect(readdirSync(own)).not.toEqual([]);
    expect(readdirSync(other)).toEqual([]);
  });
});
