/** Keys that do not fit the data of a deployment. */
import { DEFAULT_ENGINE, type Engine } from "../../docker/endpoint-settings.ts";
import { type ConfigIssue, onDeployError } from "../../errors.ts";
import { MarkerStore } from "../../keys/fingerprint-store.ts";
import { hasData } from "../../keys/guard.ts";
import { differences, guarded, type KeyDifference, type KeyMarker } from "../../keys/marker.ts";
import { keysChangedText } from "../../keys/message.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { GUARDED_KEY_NAMES, type KeyName, LAGO_KEYS } from "../../lago/lago-keys.ts";

/** Keys that a deployment is to have, and the data that they are judged by. */
export interface JudgedKeys {
  readonly projectName: string;
  /** The engine that the data is on. Defaults to the one that docker's own settings name. */
  readonly engine?: Engine | undefined;
  /** The keys as far as they are known. Secrets. */
  readonly keys: Partial<Record<KeyName, string>>;
  /** Names of keys that may differ from those of existing data. */
  readonly allowed: readonly string[];
  /** Whether the other keys would be made now. */
  readonly isNew: boolean;
}

/** Why keys do not fit the data that is there. Empty where nothing speaks against them. */
export async function keyFaults(judged: JudgedKeys): Promise<string[]> {
  const { projectName, engine = DEFAULT_ENGINE, keys, allowed, isNew } = judged;
  if (projectNameFault(projectName) !== undefined) {
    return [];
  }
  const comparing = async () => {
    const volumes = await new MarkerStore(projectName, engine).read();
    if (!hasData(volumes)) {
      return [];
    }
    const { marker } = volumes;
    const found = [
      ...(marker === undefined ? [] : guarded(await differences(marker, keys))),
      ...(isNew ? newOnes(keys, marker) : []),
    ].filter(({ name }) => !allowed.includes(name));
    return found.length > 0 ? [`KeysChanged: ${keysChangedText(projectName, found)}`] : [];
  };
  // An engine that cannot be asked is no fault of the keys: the real run asks again.
  return await onDeployError(comparing, ({ kind, message }) =>
    kind === "ParseError" ? [`${kind}: ${message}`] : [],
  );
}

/**
 * Keys that would be made anew although there is data that was made with some. With a database
 * elsewhere the marker leaves out the password of the deployment's own, which opens nothing.
 */
function newOnes(keys: JudgedKeys["keys"], marker: KeyMarker | undefined): KeyDifference[] {
  const isNeeded = (name: KeyName) =>
    marker?.data !== "elsewhere" || marker.keys[name] !== undefined;
  const made = GUARDED_KEY_NAMES.filter((name) => keys[name] === undefined && isNeeded(name));
  return made.map((name) => {
    const mark = marker?.keys[name];
    const kind = mark === undefined ? "unproven" : mark === "" ? "added" : "missing";
    return { name, kind };
  });
}

/** Names of keys whose own values are at fault. Whether they fit the data is not known then. */
export function keysNamedIn(issues: readonly ConfigIssue[]): KeyName[] {
  const fields = new Set(issues.map(({ field }) => field));
  return LAGO_KEYS.filter(
    ({ name, variables }) =>
      fields.has(name) || variables.some((variable) => fields.has(`environment.${variable}`)),
  ).map(({ name }) => name);
}
