import type { SecretSearch } from "../watch/secret-search.ts";
import { secretsInFiles } from "../watch/secret-watch.ts";
import { type Violation, violations } from "./violation.ts";

/** Places where secrets could have been left. */
export interface SecretPlaces {
  /** Texts by source, such as the console of `up`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Folders whose files are searched. */
  readonly folders: readonly string[];
  /** Sightings while the subject ran, in words. */
  readonly watched: readonly string[];
}

/** Invariant: no secret shows up in any form. */
export function checkSecrets(search: SecretSearch, places: SecretPlaces): Violation[] {
  const inTexts = Object.entries(places.texts).flatMap(([place, text]) =>
    search.find(text).map(({ secret, form }) => `${secret} (${form}) in ${place}`),
  );
  const inFiles = places.folders.flatMap((folder) => secretsInFiles(search, folder));
  return violations("I1", [...new Set([...places.watched, ...inTexts, ...inFiles])]);
}
