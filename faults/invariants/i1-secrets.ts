import type { SecretSearch } from "../watch/secret-search.ts";
import { secretsInFiles } from "../watch/secret-watch.ts";
import { type Violation, violations } from "./violation.ts";

/** Where secrets could have been left. */
export interface SecretPlaces {
  /** Texts by where they were seen, such as the console of `up`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Folders whose files are looked through. */
  readonly folders: readonly string[];
  /** What a watch saw while the subject ran, in words. */
  readonly watched: readonly string[];
}

/** No secret shows up in any form. */
export function checkSecrets(search: SecretSearch, places: SecretPlaces): Violation[] {
  const inTexts = Object.entries(places.texts).flatMap(([place, text]) =>
    search.find(text).map(({ secret, form }) => `${secret} (${form}) in ${place}`),
  );
  const inFiles = places.folders.flatMap((folder) => secretsInFiles(search, folder));
  return violations("I1", [...new Set([...places.watched, ...inTexts, ...inFiles])]);
}
