import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DeployError } from "../errors.ts";

/** Folder of the compose file that comes with this package. */
export const BUNDLED_LAGO_PATH = fileURLToPath(new URL("../bundled/", import.meta.url));

/** SHA-256 of the bundled compose file. Update this constant together with the file. */
const BUNDLED_FILE_SHA256 = "a133494cd5a6809907950122fb3238af38379c1f20e00eaf9bd708fdd9a5c639";

/**
 * Returns the bundled folder after verifying its compose file, which decides which images run and
 * how they are configured.
 *
 * @throws DeployError of kind `ComposeFileInvalid`
 */
export function verifiedBundledPath(folder = BUNDLED_LAGO_PATH): string {
  const file = join(folder, "docker-compose.yml");
  // Git may have checked the file out with the line breaks of another system.
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n");
  if (createHash("sha256").update(text).digest("hex") !== BUNDLED_FILE_SHA256) {
    throw new DeployError(
      "ComposeFileInvalid",
      `${file} is not the file that came with this package, and is not used. Install the package again; to deploy a changed file, copy it to a folder of your own and set lagoPath to that.`,
    );
  }
  return folder;
}
