/**
 * The file of a lock: its folder, opening it, and locking it. The folder is writable for every user
 * of the machine, so nothing in it is trusted: a link or file of somebody else must not lead to
 * another file.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
} from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { type DeployError, invalidConfig } from "../errors.ts";
import { inheritedEnvironment } from "../process/environment.ts";
import { ProcessFailure } from "../process/failure.ts";
import { run } from "../process/run.ts";
import { cleanText, tailBytes } from "../text/clean.ts";

/** Variable that names another folder for lock files. */
export const LOCK_FOLDER_VARIABLE = "Z_BILLING_LAGO_LOCK_FOLDER";

/** The system's folder for locks, and the one for temporary files, which all users may write to. */
const SYSTEM_FOLDERS = { locks: "/run/lock", temporary: "/tmp" } as const;

/** Characters of a project's name in a file's name; the digest tells longer names apart. */
const MAX_NAME_CHARACTERS = 64;
const DIGEST_CHARACTERS = 16;

/** Open to all users: folder and files belong to whoever came first. */
const FOLDER_MODE = 0o1777;
const FILE_MODE = 0o666;

/** Number by which the `flock` program gets the descriptor. */
const FLOCK_DESCRIPTOR = "3";
/** Deadline of a `flock` that does not wait, in milliseconds. */
const FLOCK_TRY_TIMEOUT_MS = 10_000;
const MAX_REASON_BYTES = 512;

/**
 * Returns the folder for lock files. All users and sessions of a machine must find the same one, so
 * it follows from the machine alone: neither from the user's rights nor from variables of a session
 * such as XDG_RUNTIME_DIR and TMPDIR.
 *
 * @throws DeployError of kind `InvalidConfig` when the variable does not name an absolute path
 */
export function lockFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  { locks, temporary }: { readonly locks: string; readonly temporary: string } = SYSTEM_FOLDERS,
): string {
  const given = environment[LOCK_FOLDER_VARIABLE];
  if (given !== undefined && given !== "") {
    if (!isAbsolute(given)) {
      throw unusable(given, "the path is not absolute, and would be another one elsewhere");
    }
    return given;
  }
  const usual = join(locks, "z-billing-lago");
  // Where only root may write, an administrator can still have made the folder for all.
  return modeOf(usual) !== undefined || isOpenToAll(locks)
    ? usual
    : join(temporary, "z-billing-lago-lock");
}

/** Makes the error for a place where no lock can be kept. */
export function unusable(path: string, reason: string): DeployError {
  return invalidConfig([
    {
      field: LOCK_FOLDER_VARIABLE,
      message: `no lock can be kept in ${path}: ${reason}. Nothing was touched. Put that right, or set this variable to a folder that everybody who deploys to the same engine can write to`,
    },
  ]);
}

/** Returns the name of a project's lock file, which differs for each engine. */
export function lockFileName(projectName: string, engine: string): string {
  const digest = createHash("sha256").update(`${engine}\0${projectName}`).digest("hex");
  const shown = projectName.slice(0, MAX_NAME_CHARACTERS);
  return `${shown}-${digest.slice(0, DIGEST_CHARACTERS)}.lock`;
}

/**
 * Opens a lock file. Makes the file and its folder where they are missing.
 *
 * @returns a descriptor to read and write
 * @throws DeployError of kind `InvalidConfig` when the file or its folder cannot be trusted
 */
export function openLockFile(path: string): number {
  const folder = dirname(path);
  try {
    makeFolder(folder);
    const descriptor = openOrMake(path);
    const { nlink } = fstatSync(descriptor);
    // A hard link may be another name of a file that must not be written to.
    if (!fstatSync(descriptor).isFile() || nlink > 1) {
      closeSync(descriptor);
      throw unusable(folder, `${path} is not a file of its own`);
    }
    return descriptor;
  } catch (error) {
    throw explained(error, folder, path);
  }
}

/** Whether a descriptor is the file at `path`, and not one that was replaced since. */
export function isFileOf(descriptor: number, path: string): boolean {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  const opened = fstatSync(descriptor, { bigint: true });
  return now !== undefined && now.ino === opened.ino && now.dev === opened.dev;
}

/** Result of {@link flock}; `failed` for a file system without locks, and the like. */
export type FlockResult =
  | { readonly outcome: "locked" | "held" | "canceled" | "no-program" }
  | { readonly outcome: "failed"; readonly reason: string };

/**
 * Locks an open file exclusively with the system's `flock` program, since Node has no call for it.
 * Such a lock belongs to the open file and not to a process: `flock` locks the descriptor that it
 * inherits and ends, and whoever else has that descriptor then holds the lock. The kernel releases
 * the lock when the last holder ends, however it ends, so no lock can be left behind.
 *
 * Only `-n` is used, which util-linux, busybox and the ports for macOS share; all of them lock
 * exclusively unless told otherwise. A wait is one call: the kernel wakes waiters in turn.
 *
 * @param waitMs how long to wait while somebody else holds the lock, in milliseconds; 0 for not at
 *   all
 */
export async function flock(
  descriptor: number,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<FlockResult> {
  const waits = waitMs > 0;
  const args = waits ? [FLOCK_DESCRIPTOR] : ["-n", FLOCK_DESCRIPTOR];
  try {
    const { exitCode, stderr } = await run("flock", args, {
      env: inheritedEnvironment(),
      inherit: [descriptor],
      timeoutMs: waits ? waitMs : FLOCK_TRY_TIMEOUT_MS,
      signal,
      // The program has nothing to clean up.
      endSteps: [{ signal: "SIGKILL", waitMs: 1_000 }],
    });
    if (exitCode === 0) {
      return { outcome: "locked" };
    }
    const reason = tailBytes(cleanText(stderr).trim(), MAX_REASON_BYTES);
    // All implementations report a lock that is held by exit code 1 alone.
    return exitCode === 1 && reason === ""
      ? { outcome: "held" }
      : { outcome: "failed", reason: reason || `flock ended with exit code ${exitCode}` };
  } catch (error) {
    if (!(error instanceof ProcessFailure)) {
      throw error;
    }
    return outcomeOf(error);
  }
}

function outcomeOf({ kind, message }: ProcessFailure): FlockResult {
  switch (kind) {
    case "timed-out":
      return { outcome: "held" };
    case "canceled":
      return { outcome: "canceled" };
    case "not-found":
      return { outcome: "no-program" };
    case "spawn-failed":
      return { outcome: "failed", reason: message };
  }
}

function makeFolder(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    return;
  }
  if (found !== undefined) {
    const what = found.isSymbolicLink() ? "a symbolic link" : "no folder";
    throw unusable(folder, `it is ${what}`);
  }
  try {
    mkdirSync(folder);
    // The umask cuts the mode of `mkdir`.
    chmodSync(folder, FOLDER_MODE);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") {
      throw error;
    }
    makeFolder(folder);
  }
}

/**
 * Opens the file, or makes it. An existing file is opened without O_CREAT: with that flag, Linux
 * refuses the file of another user in a folder like this one (fs.protected_regular).
 */
function openOrMake(path: string): number {
  const flags = constants.O_RDWR | constants.O_NOFOLLOW;
  try {
    return openSync(path, flags);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") {
      throw error;
    }
  }
  try {
    const descriptor = openSync(path, flags | constants.O_CREAT | constants.O_EXCL, FILE_MODE);
    fchmodSync(descriptor, FILE_MODE);
    return descriptor;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") {
      throw error;
    }
    // Another process made the file in between.
    return openOrMake(path);
  }
}

function isOpenToAll(folder: string): boolean {
  const mode = modeOf(folder);
  if (mode === undefined || (mode & 0o002) === 0) {
    return false;
  }
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // The file system is mounted read-only.
    return false;
  }
}

function modeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.mode;
}

function explained(error: unknown, folder: string, path: string): unknown {
  const code = codeOf(error);
  if (code === "ELOOP") {
    return unusable(folder, `${path} is a symbolic link`);
  }
  return code === undefined ? error : unusable(folder, `${path} cannot be opened (${code})`);
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? code : undefined;
}
