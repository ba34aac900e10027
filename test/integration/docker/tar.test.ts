import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { firstFileIn } from "../../../src/docker/tar.ts";

/** An archive of a folder's entry, made by tar itself. */
function archiveOf(entry: string, make: (path: string) => void): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-tar-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  make(join(folder, entry));
  return execFileSync("tar", ["cf", "-", "-C", folder, entry]);
}

it("reads the one file of an archive", () => {
  const archive = archiveOf("PG_VERSION", (path) => writeFileSync(path, "15\n"));
  expect(firstFileIn(archive)).toBe("15\n");
  expect(firstFileIn(archiveOf("empty", (path) => writeFileSync(path, "")))).toBe("");
});

it("reads nothing of a folder, and of what is no archive or only its beginning", () => {
  expect(firstFileIn(archiveOf("PG_VERSION", (path) => mkdirSync(path)))).toBeUndefined();
  expect(firstFileIn(Buffer.from("no archive"))).toBeUndefined();
  const archive = archiveOf("PG_VERSION", (path) => writeFileSync(path, "15\n"));
  expect(firstFileIn(archive.subarray(0, 513))).toBeUndefined();
});
