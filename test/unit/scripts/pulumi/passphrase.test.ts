import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensurePassphrase } from "../../../../scripts/pulumi/passphrase.ts";
import { createContext } from "../../../../setup/context.ts";
import { createReport } from "../../../../setup/report.ts";

describe("ensurePassphrase", () => {
  const context = { ...createContext(new AbortController().signal), tools: "" };
  let said = "";

  beforeEach(async () => {
    said = "";
    context.report = createReport((text) => {
      said += text;
    });
    context.tools = await mkdtemp(join(tmpdir(), "zbl-test-tools-"));
  });
  afterEach(() => rm(context.tools, { recursive: true }));

  it("makes one that only its owner reads, and says where but not what", async () => {
    const path = await ensurePassphrase(context);
    const passphrase = (await readFile(path, "utf8")).trim();
    expect(Buffer.from(passphrase, "base64url")).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(said).toContain(path);
    expect(said).not.toContain(passphrase);
    expect(await readdir(context.tools)).toEqual(["passphrase"]);
  });

  it("never changes it, also when several start at once", async () => {
    const paths = await Promise.all(Array.from({ length: 8 }, () => ensurePassphrase(context)));
    const first = await readFile(paths[0] ?? "", "utf8");
    expect(await readFile(await ensurePassphrase(context), "utf8")).toBe(first);
    expect(said.match(/was made/g)).toHaveLength(1);
  });

  it("refuses an empty one instead of encrypting with nothing", async () => {
    await writeFile(join(context.tools, "passphrase"), "\n");
    await expect(ensurePassphrase(context)).rejects.toThrow(/is empty/);
  });
});
