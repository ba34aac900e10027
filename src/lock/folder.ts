import { accessSync, constants, lstatSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type DeployError, invalidConfig } from "../errors.ts";

/** Names the folder for lock files, where the usual one does not fit. */
export const LOCK_FOLDER_VARIABLE = "Z_BILLING_LAGO_LOCK_FOLDER";

/** Where systems keep locks, and where else everybody may write. */
const SYSTEM_FOLDERS = { locks: "/run/lock", temporary: "/tmp" } as const;

/**
 * The folder for lock files. It has to be the same one for every user and every session of the
 * machine, so it follows from the machine alone: neither from the user's rights nor from variables
 * of a session such as XDG_RUNTIME_DIR and TMPDIR.
 *
 * @throws DeployError of kind `InvalidConfig` when the variable names no absolute path
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

/** The error for a place that no lock can be kept in. */
export function unusable(path: string, reason: string): DeployError {
  return invalidConfig([
    {
      field: LOCK_FOLDER_VARIABLE,
      message: `no lock can be kept in ${path}: ${reason}. Nothing was touched. Put that right, or set this variable to a folder that everybody who deploys to the same engine can write to`,
    },
  ]);
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
    // Its file system is mounted read-only.
    return false;
  }
}

function modeOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.mode;
}
