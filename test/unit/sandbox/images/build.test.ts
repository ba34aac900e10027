import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ensureBootstrapTool } from "../../../../sandbox/images/base.ts";
import { ensureStandIns } from "../../../../sandbox/images/build.ts";

describe("on a machine without the tools", () => {
  let empty: string;

  beforeEach(async () => {
    empty = await mkdtemp(join(tmpdir(), "zbl-test-"));
    vi.stubEnv("PATH", empty);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(empty, { recursive: true });
  });

  it("says that Docker is missing", async () => {
    await expect(ensureStandIns({ report: () => {} })).rejects.toThrow(
      /need Docker: docker was not found on the PATH/,
    );
  });

  it("says what the base system is built with, and what else would do", async () => {
    const error = await ensureBootstrapTool(() => {}).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(/apt-get install mmdebstrap/);
    expect(String(error)).toMatch(/docker load/);
  });
});
