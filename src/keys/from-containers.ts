/** Which keys the containers of a deployment agree on. */

import { DeployError } from "../errors.ts";
import { GUARDED_KEY_NAMES, givenKeys, KEY_NAMES, type KeyName } from "../lago/lago-keys.ts";
import type { ServiceEnvironment } from "../observe/container-environments.ts";
import { differences, guardedDifferences } from "./key-differences.ts";
import type { KeyFingerprints } from "./key-fingerprints.ts";
import { keysChanged } from "./message.ts";

/** Values of one key in the containers, each with the services that have it. */
type Candidates = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Picks the keys from environments. Where containers disagree, as after a change that was cut
 * short, the key fingerprints beside the data decide.
 *
 * @param fingerprints those of the keys that the data was made with; undefined where there are none
 * @throws DeployError of kind `KeysChanged` when no container has a key that fits the data, or of
 *   kind `InvalidConfig` when containers disagree and nothing tells which one is right
 */
export async function keysFromContainers(
  project: string,
  environments: readonly ServiceEnvironment[],
  fingerprints: KeyFingerprints | undefined,
): Promise<Partial<Record<KeyName, string>>> {
  const keys: Partial<Record<KeyName, string>> = {};
  for (const name of KEY_NAMES) {
    const candidates = candidatesOf(name, environments);
    const [first, ...others] = candidates.keys();
    const fitting =
      fingerprints === undefined ? undefined : await fittingOne(name, candidates, fingerprints);
    const value = fitting ?? first;
    if (value === undefined) {
      continue;
    }
    if (fitting === undefined && others.length > 0) {
      if (!GUARDED_KEY_NAMES.includes(name)) {
        continue;
      }
      const sides = [...candidates.values()].map((services) => [...services].join(" and "));
      throw new DeployError(
        "InvalidConfig",
        `The containers of project ${project} do not agree on ${name}: ${sides.join(" have another one than ")}, and nothing tells which one its data was made with. Start the deployment as it was, or remove the containers that are wrong.`,
      );
    }
    keys[name] = value;
  }
  const found = fingerprints === undefined ? [] : await guardedDifferences(fingerprints, keys);
  if (found.length > 0) {
    throw keysChanged(project, found);
  }
  return keys;
}

function candidatesOf(name: KeyName, environments: readonly ServiceEnvironment[]): Candidates {
  const candidates = new Map<string, Set<string>>();
  for (const [service, environment] of environments) {
    const value = givenKeys(environment)[name];
    if (value !== undefined) {
      candidates.set(value, (candidates.get(value) ?? new Set()).add(service));
    }
  }
  return candidates;
}

async function fittingOne(
  name: KeyName,
  candidates: Candidates,
  fingerprints: KeyFingerprints,
): Promise<string | undefined> {
  if (fingerprints.keys[name] === undefined) {
    return undefined;
  }
  for (const value of candidates.keys()) {
    if ((await differences(fingerprints, { [name]: value })).length === 0) {
      return value;
    }
  }
  return undefined;
}
