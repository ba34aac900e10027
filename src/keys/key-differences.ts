/** Compares keys with the fingerprints of those that the data was made with. */
import { GUARDED_KEY_NAMES, type KeyName } from "../lago/lago-keys.ts";
import { entriesOf, fingerprintOrEmpty, type KeyFingerprints } from "./key-fingerprints.ts";

/** Difference between a present key and the one that the data was made with. */
export interface KeyDifference {
  readonly name: KeyName;
  /**
   * - `other`: another value.
   * - `missing`: a key was given once, and none is given now.
   * - `added`: no key was given once, and one is given now.
   * - `unproven`: the key of the data is not known, and none is given now.
   */
  readonly kind: "other" | "missing" | "added" | "unproven";
}

/** Compares keys with the key fingerprints, as far as both are known. */
export async function differences(
  fingerprints: KeyFingerprints,
  keys: Partial<Record<KeyName, string>>,
): Promise<KeyDifference[]> {
  const judged = entriesOf(keys).map(async ([name, value]): Promise<KeyDifference[]> => {
    const old = fingerprints.keys[name];
    if (old === undefined || old === (await fingerprintOrEmpty(name, value, fingerprints.salt))) {
      return [];
    }
    return [{ name, kind: value === "" ? "missing" : old === "" ? "added" : "other" }];
  });
  return (await Promise.all(judged)).flat();
}

/** Compares only the keys of which a difference endangers the data; each takes 0.05 s. */
export function guardedDifferences(
  fingerprints: KeyFingerprints,
  keys: Partial<Record<KeyName, string>>,
): Promise<KeyDifference[]> {
  const compared = Object.entries(keys).filter(([name]) =>
    GUARDED_KEY_NAMES.includes(name as KeyName),
  );
  return differences(fingerprints, Object.fromEntries(compared));
}

/** Selects the differences that endanger the data. */
export function guarded(found: readonly KeyDifference[]): KeyDifference[] {
  return found.filter(({ name }) => GUARDED_KEY_NAMES.includes(name));
}
