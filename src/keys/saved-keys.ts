import { z } from "zod";
import { DeployError } from "../errors.ts";
import { GUARDED_KEY_NAMES, type KeyName } from "../lago/lago-keys.ts";
import { tryJson } from "../text/json.ts";
import { zbl } from "../text/zbl.ts";

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
  /**
   * Login of the organization that the stack opened, for a person: data does not depend on it, and an
   * import leaves it out. Defaults to none.
   */
  readonly login?: Readonly<Record<string, string | undefined>> | undefined;
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
    `These are not keys that \`${zbl("keys", "export")}\` saved: see ${where}.`,
  );
}
