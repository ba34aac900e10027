import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const schema = z.looseObject({ name: z.string() });

/** The names that Pulumi knows for a program's file. */
const PROGRAM_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/**
 * The name of the Pulumi program in a folder; undefined where no file there says one. Pulumi itself also
 * looks further up, and says when it finds none.
 *
 * @param files which files to look at, the first one that can be read counts. Defaults to all that
 *   Pulumi knows
 */
export function programName(
  folder: string,
  files: readonly string[] = PROGRAM_FILES,
): string | undefined {
  for (const file of files) {
    try {
      return schema.safeParse(parse(readFileSync(join(folder, file), "utf8"))).data?.name;
    } catch {
      // Not that one.
    }
  }
  return undefined;
}
