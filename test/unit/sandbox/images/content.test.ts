import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  STAND_IN_IMAGES,
  type StandIn,
  standInsFor,
} from "../../../../sandbox/images/catalogue.ts";
import { contentOf, digestOf, writeContent } from "../../../../sandbox/images/content.ts";
import { LAGO_FILES } from "../../../../testing/folders.ts";

const API: StandIn = { image: "getlago/api:v1.50.0", role: "api", version: "v1.50.0" };

describe("contentOf", () => {
  it.each(standInsFor(STAND_IN_IMAGES))("gives $image what says who it is", async (standIn) => {
    const files = await contentOf(standIn);
    const text = (path: string) => files.find((file) => file.path === path)?.content.toString();
    expect(text("etc/stand-in/image")).toBe(`${standIn.image}\n`);
    expect(text("etc/stand-in/role")).toBe(`${standIn.role}\n`);
    expect(text("opt/stand-in/enter")).toContain("not Lago itself");
    expect(text("app/LAGO_VERSION")).toBe(standIn.role === "api" ? "v1.50.0\n" : undefined);
  });

  // Lago's files are no part of this project, and only there where tests are run in full.
  it.runIf(existsSync(LAGO_FILES)).each(["v1.43.0", "v1.50.0", "deploy-local"])(
    "has every script that Lago's %s file names, in comments too",
    async (version) => {
      const compose = await readFile(join(LAGO_FILES, version, "docker-compose.yml"), "utf8");
      const scripts = new Set(compose.match(/scripts\/[\w.]+\.sh/g));
      expect(scripts.size).toBeGreaterThan(3);
      const paths = (await contentOf(API)).map(({ path }) => path);
      expect(paths).toEqual(expect.arrayContaining([...scripts].map((script) => `app/${script}`)));
    },
  );
});

describe("digestOf", () => {
  const file = (path: string, text: string) => ({ path, content: Buffer.from(text) });

  it("stays the same for the same content", async () => {
    const digest = digestOf(await contentOf(API), "settings");
    expect(digestOf(await contentOf(API), "settings")).toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("differs with any path, content, split between them, or setting", () => {
    const digests = [
      digestOf([file("a", "b")], 1),
      digestOf([file("a", "c")], 1),
      digestOf([file("b", "b")], 1),
      digestOf([file("a", "b")], 2),
      digestOf([file("a", ""), file("b", "")], 1),
      digestOf([], 1),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe("writeContent", () => {
  it("writes files that every user can read, and programs that every user can run", async () => {
    const folder = await mkdtemp(join(tmpdir(), "zbl-test-"));
    const umask = process.umask(0o077);
    try {
      await writeContent(folder, await contentOf(API));
      const mode = async (path: string) =>
        ((await stat(join(folder, path))).mode & 0o777).toString(8);
      expect(await mode(".")).toBe("755");
      expect(await mode("app/scripts")).toBe("755");
      expect(await mode("app/scripts/migrate.sh")).toBe("755");
      expect(await mode("opt/stand-in/api.py")).toBe("755");
      expect(await mode("opt/stand-in/log.py")).toBe("644");
      expect(await mode("app/LAGO_VERSION")).toBe("644");
    } finally {
      process.umask(umask);
      await rm(folder, { recursive: true });
    }
  });
});
