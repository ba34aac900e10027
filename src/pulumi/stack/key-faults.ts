/** Keys that do not fit the data of a deployment. */

import { type ConfigIssue, onDeployError } from "../../errors.ts";
import { guardedDifferences, type KeyDifference } from "../../keys/key-differences.ts";
import type { KeyFingerprints } from "../../keys/key-fingerprints.ts";
import { type KeyHints, keysChangedText } from "../../keys/message.ts";
import { hasData, projectVolumes } from "../../keys/project-volumes.ts";
import { GUARDED_KEY_NAMES, type KeyName, LAGO_KEYS } from "../../lago/lago-keys.ts";
import type { Snapshot } from "../../observe/snapshot.ts";

/** Keys of a deployment, and the data to check them against. */
export interface JudgedKeys {
  readonly projectName: string;
  /** The known keys. Secrets. */
  readonly keys: Partial<Record<KeyName, string>>;
  /** Names of keys that may differ from those of existing data. */
  readonly allowed: readonly string[];
  /** Whether the other keys would be generated now. */
  readonly isNew: boolean;
  /** Keys that the stack's state has. Secrets. Defaults to none. */
  readonly kept?: Partial<Record<KeyName, string>> | undefined;
  /** Where the settings are. Defaults to the usual settings of the selected stack. */
  readonly hints?: Pick<KeyHints, "stack" | "sources"> | undefined;
}

/**
 * Reasons why keys do not fit the existing data. Empty where they fit.
 *
 * @param snapshot the engine that the data is on; undefined if it does not answer, which is no fault
 *   of the keys: the real run asks again
 */
export async function keyFaults(
  judged: JudgedKeys,
  snapshot: Snapshot | undefined,
): Promise<string[]> {
  const { projectName, keys, allowed, isNew, kept = {}, hints } = judged;
  if (snapshot === undefined) {
    return [];
  }
  const comparing = async () => {
    const volumes = projectVolumes(projectName, snapshot.volumes);
    if (!hasData(volumes)) {
      return [];
    }
    const { fingerprints } = volumes;
    const found = [
      ...(fingerprints === undefined ? [] : await guardedDifferences(fingerprints, keys)),
      ...(isNew ? newOnes(keys, fingerprints) : []),
    ].filter(({ name }) => !allowed.includes(name));
    if (found.length === 0) {
      return [];
    }
    const inState = await keptThatFit(fingerprints, kept);
    return [`KeysChanged: ${keysChangedText(projectName, found, { ...hints, inState })}`];
  };
  return await onDeployError(comparing, ({ kind, message }) => [`${kind}: ${message}`]);
}

/** Names of the keys in the state that the data was written with. */
async function keptThatFit(
  fingerprints: KeyFingerprints | undefined,
  kept: JudgedKeys["keys"],
): Promise<KeyName[]> {
  if (fingerprints === undefined) {
    return [];
  }
  const wrong = (await guardedDifferences(fingerprints, kept)).map(({ name }) => name);
  return GUARDED_KEY_NAMES.filter((name) => kept[name] !== undefined && !wrong.includes(name));
}

/**
 * Finds keys that would be generated although the data was made with others. The key fingerprints
 * of an external database lack the password of the deployment's own database, which protects
 * nothing then.
 */
function newOnes(
  keys: JudgedKeys["keys"],
  fingerprints: KeyFingerprints | undefined,
): KeyDifference[] {
  const isNeeded = (name: KeyName) =>
    fingerprints?.data !== "elsewhere" || fingerprints.keys[name] !== undefined;
  const made = GUARDED_KEY_NAMES.filter((name) => keys[name] === undefined && isNeeded(name));
  return made.map((name) => {
    const old = fingerprints?.keys[name];
    const kind = old === undefined ? "unproven" : old === "" ? "added" : "missing";
    return { name, kind };
  });
}

/** Names of keys with invalid values. Whether these keys fit the data is unknown. */
export function keysNamedIn(issues: readonly ConfigIssue[]): KeyName[] {
  const fields = new Set(issues.map(({ field }) => field));
  return LAGO_KEYS.filter(
    ({ name, variables }) =>
      fields.has(name) || variables.some((variable) => fields.has(`environment.${variable}`)),
  ).map(({ name }) => name);
}
