/** Files that hold the keys of a deployment. */
import { open, readFile } from "node:fs/promises";
import { DeployError } from "../errors.ts";

/** Mode of a file with keys: only the owner may read and write. */
const FILE_MODE = 0o600;

/**
 * Writes keys to a new file that only its owner may read.
 *
 * @throws DeployError of kind `InvalidConfig` when there is something at the path already, of kind
 *   `PathNotFound` when no file can be made there
 */
export async function writeKeyFile(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, "wx", FILE_MODE);
    try {
      await file.writeFile(`${text}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const taken = (cause as NodeJS.ErrnoException).code === "EEXIST";
    throw new DeployError(
      taken ? "InvalidConfig" : "PathNotFound",
      taken
        ? `${path} is there already, and keys in it may be the only copy. Name another file.`
        : `The keys cannot be written to ${path}. Check the folder and that you may write there.`,
      { cause },
    );
  }
}

/** @throws DeployError of kind `PathNotFound` */
export async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new DeployError("PathNotFound", `The file ${path} cannot be read.`, { cause });
  }
}
