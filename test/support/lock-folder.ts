/**
 * Gives each test file a folder for locks and for shared ssh connections of its own: files that run at
 * the same time call their projects alike, and nothing is to be left in the folders of this machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { LOCK_FOLDER_VARIABLE } from "../../src/lock/file-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "zbl-test-locks-"));
process.env[LOCK_FOLDER_VARIABLE] = folder;
process.env.XDG_RUNTIME_DIR = folder;

afterAll(() => {
  rmSync(folder, { recursive: true });
});
