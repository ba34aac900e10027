/** The files directly in `scripts` are what npm scripts start, few enough to be known. */
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { run } from "../../../src/process/run.ts";
import { ROOT } from "../../../testing/folders.ts";

const files = globSync("scripts/*.ts", { cwd: ROOT }).map((file) => basename(file, ".ts"));
const started = Object.values(manifest.scripts).flatMap(
  (line) => /^node scripts\/bootstrap\.mjs ([a-z]+)/.exec(line)?.[1] ?? [],
);

describe("the entry points", () => {
  it("are each started by an npm script, and each npm script starts one", () => {
    // `npm run cli` is another name of `./zbl`.
    expect(files.sort()).toEqual([...new Set([...started, "zbl"])].sort());
  });

  it("are at most a dozen", () => {
    expect(files.length).toBeLessThanOrEqual(12);
  });

  it.each([
    [["test.ts", "untis"], "`npm run test:unit`"],
    [["setup.ts", "ansibel"], "`npm run setup:ansible`"],
    [["bench.ts", "docs"], "`npm run bench -- --json FILE`"],
    [["faults.ts", "docs"], "`npm run faults -- --against SUBJECT --json FILE`"],
  ])("refuse %j before anything else, and say what to type", async ([file = "", ...args], next) => {
    const { exitCode, stderr } = await run(
      process.execPath,
      [join(ROOT, "scripts", file), ...args],
      { env: inheritedEnvironment(), timeoutMs: 25_000 },
    );
    expect(stderr).toContain(next);
    expect(stderr).not.toContain("    at ");
    expect(exitCode).toBe(2);
  });
});
