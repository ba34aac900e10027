/** All cases, loaded from their folder: a new file is a new case. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { FaultCase } from "./case.ts";

const FOLDER = join(import.meta.dirname, "cases");

/**
 * Loads the cases by number. Each file `rbNN-name.ts` exports one as `faultCase`.
 *
 * @throws Error when a file's name does not match its case
 */
export async function loadCases(): Promise<FaultCase[]> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts"));
  const cases = await Promise.all(
    files.map(async (name) => {
      const { faultCase } = (await import(pathToFileURL(join(FOLDER, name)).href)) as {
        faultCase?: FaultCase;
      };
      if (faultCase === undefined) {
        throw new Error(`${name} exports no faultCase`);
      }
      if (name !== `${faultCase.id.toLowerCase()}-${faultCase.name}.ts`) {
        throw new Error(`${name} holds ${faultCase.id} ${faultCase.name}`);
      }
      return faultCase;
    }),
  );
  return cases.sort((a, b) => (a.id < b.id ? -1 : 1));
}
