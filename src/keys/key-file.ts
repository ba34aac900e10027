import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import { DeployError } from "../errors.ts";
import { GUARDED_KEY_NAMES, type KeyName } from "../lago/lago-keys.ts";
import { tryJson } from "../text/json.ts";

/** Mode of a file with keys: only the owner may read and write. */
const FILE_MODE = 0o600;

const schema = z.object({
  /** Name and version of the file's format. */
  format: z.literal("z-billing-lago.keys/1"),
  projectName: z.string().min(1),
  keys: z.object(Object.fromEntries(GUARDED_KEY_NAMES.map((name) => [name, z.string().min(1)]))),
});

/** Saved keys of one deployment. Holds secrets. */
export interface SavedKeys {
  /** Compose project that the data belongs to. */
  readonly projectName: string;
  /**
   * Keys that data depends on. Other keys can be replaced by new ones, and not every deployment has
   * them.
   */
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
}

/** The keys as JSON text. */
export function keysText(saved: SavedKeys): string {
  return JSON.stringify({ format: "z-billing-lago.keys/1", ...saved }, undefined, 2);
}

/** @throws DeployError of kind `InvalidConfig` that shows nothing of the text */
export function parseKeysText(text: string): SavedKeys {
  const parsed = schema.safeParse(tryJson(text));
  if (parsed.success) {
    const { projectName, keys } = parsed.data;
    return { projectName, keys };
  }
  const where = parsed.error.issues.map(({ path }) => path.join(".") || "the whole").join(", ");
  throw new DeployError(
    "InvalidConfig",
    `These are not keys that \`z-billing-lago keys export\` saved: see ${where}.`,
  );
}

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
