/**
 * The file of a lock. It lies where every user of the machine may write, so nothing of it is taken on
 * trust: what somebody else put there must not lead to another file.
 */
import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
} from "node:fs";
import { dirname } from "node:path";
import { unusable } from "./folder.ts";

/** Characters of a project's name that a file's name shows; the rest is told apart by the digest. */
const MAX_NAME_CHARACTERS = 64;
const DIGEST_CHARACTERS = 16;

/** For all users: files and folder belong to whoever came first. */
const FOLDER_MODE = 0o1777;
const FILE_MODE = 0o666;

/** The name of a project's lock file: one for each project of each engine. */
export function lockFileName(projectName: string, engine: string): string {
  const digest = createHash("sha256").update(`${engine}\0${projectName}`).digest("hex");
  const shown = projectName.slice(0, MAX_NAME_CHARACTERS);
  return `${shown}-${digest.slice(0, DIGEST_CHARACTERS)}.lock`;
}

/**
 * Opens a lock file, and makes it and its folder when they are not there.
 *
 * @returns a descriptor to read and write
 * @throws DeployError of kind `InvalidConfig` when the file or its folder is none that can be trusted
 */
export function openLockFile(path: string): number {
  const folder = dirname(path);
  try {
    makeFolder(folder);
    const descriptor = openOrMake(path);
    const { nlink } = fstatSync(descriptor);
    // Another name of the file may stand for something that must not be written to.
    if (!fstatSync(descriptor).isFile() || nlink > 1) {
      closeSync(descriptor);
      throw unusable(folder, `${path} is not a file of its own`);
    }
    return descriptor;
  } catch (error) {
    throw explained(error, folder, path);
  }
}

/** Whether a descriptor is still the file of that path, and not one that was replaced. */
export function isFileOf(descriptor: number, path: string): boolean {
  const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  const opened = fstatSync(descriptor, { bigint: true });
  return now !== undefined && now.ino === opened.ino && now.dev === opened.dev;
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
    // The mode of `mkdir` is cut by the umask.
    chmodSync(folder, FOLDER_MODE);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") {
      throw error;
    }
    makeFolder(folder);
  }
}

/**
 * One that is there is opened without O_CREAT: with it, Linux refuses the file of another user in
 * a folder like this one (fs.protected_regular).
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
    // Somebody else was faster.
    return openOrMake(path);
  }
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
