import { randomBytes } from "node:crypto";
import { link, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";

const RANDOM_BYTES = 32;

/**
 * Ensures the file with the passphrase that encrypts secrets in local stacks. The passphrase is
 * generated once and never changed: without it the secrets are lost.
 *
 * @returns its path
 */
export async function ensurePassphrase(context: SetupContext): Promise<string> {
  const path = join(context.tools, "passphrase");
  const building = await mkdtemp(join(context.tools, "passphrase.new-"));
  try {
    const file = await open(join(building, "passphrase"), "wx", 0o600);
    await file.writeFile(`${randomBytes(RANDOM_BYTES).toString("base64url")}\n`);
    await file.sync();
    await file.close();
    // A link is created atomically, and never replaces an existing passphrase.
    await link(join(building, "passphrase"), path);
    context.report.note(
      `A passphrase was made in ${path}. It encrypts the secrets of the stacks on this machine: ` +
        "back it up, without it they are lost.",
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  if ((await readFile(path, "utf8")).trim() === "") {
    throw new SetupFailure(
      `${path} is empty. Restore it from its backup; remove it only if no stack needs it any more.`,
    );
  }
  return path;
}
