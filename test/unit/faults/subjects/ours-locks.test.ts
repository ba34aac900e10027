/** Locks of this project are seen by the kernel's account, and by the notes in their files. */
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownLocks } from "../../../../faults/subjects/ours-locks.ts";
import { flock } from "../../../../src/lock/file-lock.ts";

describe.runIf(process.platform === "linux")("locks", () => {
  it("are seen while they are held, and while they look as if they were", async () => {
    const folder = mkdtempSync(join(tmpdir(), "zbl-test-faults-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect(ownLocks(join(folder, "missing"))).toEqual([]);
    const file = join(folder, "a.lock");
    writeFileSync(file, "");
    expect(ownLocks(folder)).toEqual([]);
    const descriptor = openSync(file, "r+");
    expect((await flock(descriptor, 0, undefined)).outcome).toBe("locked");
    expect(ownLocks(folder)).toEqual([`the lock ${file}`]);
    writeFileSync(file, "a note");
    expect(ownLocks(folder)).toEqual([`the lock ${file}`, `the note in ${file}`]);
    closeSync(descriptor);
    expect(ownLocks(folder)).toEqual([`the note in ${file}`]);
    truncateSync(file);
    expect(ownLocks(folder)).toEqual([]);
  });
});
