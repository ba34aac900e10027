import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isFileOf, lockFileName, openLockFile } from "../../../../src/lock/file-lock.ts";
import { openDescriptors } from "../../../support/locks.ts";

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "zbl-test-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Opens a file until the running test is done. */
function open(path: string): number {
  const descriptor = openLockFile(path);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

describe("the name of a lock file", () => {
  it("begins with the project's name", () => {
    expect(lockFileName("lago-dev", "unix:///run/docker.sock")).toMatch(
      /^lago-dev-[0-9a-f]{16}\.lock$/,
    );
  });

  it("differs by project and by engine", () => {
    const long = "a".repeat(300);
    const names = [
      ["lago", "unix:///run/docker.sock"],
      ["lago", "tcp://10.0.0.1:2375"],
      ["lago2", "unix:///run/docker.sock"],
      [`${long}b`, "unix:///run/docker.sock"],
      [`${long}c`, "unix:///run/docker.sock"],
    ].map(([project = "", engine = ""]) => lockFileName(project, engine));
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(100);
  });
});

describe("a lock file", () => {
  it("is made with its folder, for all users, whatever the umask", () => {
    const folder = join(newFolder(), "locks");
    const before = process.umask(0o077);
    try {
      open(join(folder, "a.lock"));
    } finally {
      process.umask(before);
    }
    expect(modeOf(folder)).toBe("1777");
    expect(modeOf(join(folder, "a.lock"))).toBe("666");
  });

  it("is the same one when it is there already, in a folder whose mode is left alone", () => {
    const folder = newFolder();
    const path = join(folder, "a.lock");
    const [first, second] = [open(path), open(path)];
    expect(first).not.toBe(second);
    expect(isFileOf(first, path) && isFileOf(second, path)).toBe(true);
    expect(modeOf(folder)).toBe("700");
  });

  it("is told from one that took its place, and from none", () => {
    const path = join(newFolder(), "a.lock");
    const first = open(path);
    renameSync(path, `${path}.old`);
    expect(isFileOf(first, path)).toBe(false);
    const second = open(path);
    expect([isFileOf(first, path), isFileOf(second, path)]).toEqual([false, true]);
  });
});

describe("what somebody else put in its place", () => {
  const precious = (folder: string) => {
    const file = join(folder, "precious");
    writeFileSync(file, "precious");
    return file;
  };

  it.each<[string, (folder: string, path: string) => void, RegExp]>([
    ["a link", (folder, path) => symlinkSync(precious(folder), path), /is a symbolic link/],
    ["a link to nothing", (_, path) => symlinkSync("/nowhere", path), /is a symbolic link/],
    ["a second name", (folder, path) => linkSync(precious(folder), path), /not a file of its own/],
    ["a folder", (_, path) => mkdirSync(path), /cannot be opened \(EISDIR\)/],
  ])("is refused and not followed: %s", (_, put, why) => {
    const folder = newFolder();
    const path = join(folder, "a.lock");
    put(folder, path);
    const before = openDescriptors();
    expect(() => openLockFile(path)).toThrow(
      expect.objectContaining({ kind: "InvalidConfig", message: expect.stringMatching(why) }),
    );
    expect(openDescriptors()).toBe(before);
  });

  it("is refused in the place of the folder, too", () => {
    const root = newFolder();
    mkdirSync(join(root, "elsewhere"));
    symlinkSync(join(root, "elsewhere"), join(root, "link"));
    expect(() => openLockFile(join(root, "link", "a.lock"))).toThrow("it is a symbolic link");
    expect(() => openLockFile(join(precious(root), "a.lock"))).toThrow("it is no folder");
    expect(readFileSync(join(root, "precious"), "utf8")).toBe("precious");
  });

  it("is named when the folder cannot be made", () => {
    expect(() => openLockFile(join(newFolder(), "no", "such", "a.lock"))).toThrow(
      /Z_BILLING_LAGO_LOCK_FOLDER: no lock can be kept in .*\(ENOENT\)\. Nothing was touched/,
    );
  });
});
