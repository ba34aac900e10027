import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const schema = z.looseObject({ name: z.string() });

/** Names that Pulumi knows for a program's file. */
const PROGRAM_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/**
 * Reads the name of the Pulumi program in a folder. Returns undefined where no file holds one. Pulumi
 * itself also searches the parent folders, and reports when it finds none.
 *
 * @param files names of the files to try; the first readable file counts. Defaults to all that Pulumi
 *   knows
 */
export function programName(
  folder: string,
  files: readonly string[] = PROGRAM_FILES,
): string | undefined {
  for (const file of files) {
    try {
      return schema.safeParse(parse(readFileSync(join(folder, file), "utf8"))).data?.name;
    } catch {
      // Try the next file.
    }
  }
  return undefined;
}
