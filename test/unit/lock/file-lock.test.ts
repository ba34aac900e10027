import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { LOCK_FOLDER_VARIABLE, lockFolder } from "../../../src/lock/file-lock.ts";

/** A machine with a folder for locks of that mode, or with none. */
function machine(mode?: number) {
  const root = mkdtempSync(join(tmpdir(), "zbl-test-place-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folders = { locks: join(root, "locks"), temporary: join(root, "tmp") };
  if (mode !== undefined) {
    mkdirSync(folders.locks);
    chmodSync(folders.locks, mode);
  }
  return folders;
}

it("is the system's folder for locks where everybody may write to it", () => {
  const folders = machine(0o1777);
  expect(lockFolder({}, folders)).toBe(join(folders.locks, "z-billing-lago"));
});

it.each([
  ["there is none", undefined],
  ["only root may write to it, for root too, or users would not meet", 0o755],
])("is one for temporary files where %s", (_, mode) => {
  const folders = machine(mode);
  expect(lockFolder({}, folders)).toBe(join(folders.temporary, "z-billing-lago-lock"));
});

it("is what an administrator made for all", () => {
  const folders = machine(0o755);
  mkdirSync(join(folders.locks, "z-billing-lago"));
  expect(lockFolder({}, folders)).toBe(join(folders.locks, "z-billing-lago"));
});

it("stays the same when somebody puts a link in its place, which is then refused", () => {
  const folders = machine(0o1777);
  symlinkSync("/nowhere", join(folders.locks, "z-billing-lago"));
  expect(lockFolder({}, folders)).toBe(join(folders.locks, "z-billing-lago"));
});

it("does not follow from the session", () => {
  const folders = machine(0o1777);
  const session = { XDG_RUNTIME_DIR: "/run/user/1000", TMPDIR: "/scratch", HOME: "/home/a" };
  expect(lockFolder(session, folders)).toBe(lockFolder({}, folders));
});

it("is what the variable says", () => {
  expect(lockFolder({ [LOCK_FOLDER_VARIABLE]: "/shared/locks" }, machine(0o1777))).toBe(
    "/shared/locks",
  );
});

it("is refused where it would depend on the folder that the program runs in", () => {
  expect(() => lockFolder({ [LOCK_FOLDER_VARIABLE]: "locks" })).toThrow(
    expect.objectContaining({
      kind: "InvalidConfig",
      message: expect.stringMatching(/Z_BILLING_LAGO_LOCK_FOLDER: .* locks: .* not absolute/),
    }),
  );
});
