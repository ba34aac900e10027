/** Keys that do not fit the data of a deployment. */
import { DEFAULT_ENGINE, type DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { type ConfigIssue, onDeployError } from "../../errors.ts";
import { KeyFingerprintStore } from "../../keys/fingerprint-store.ts";
import { hasData } from "../../keys/guard.ts";
import { differences, guarded, type KeyDifference, type KeyMarker } from "../../keys/marker.ts";
import { keysChangedText } from "../../keys/message.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import { GUARDED_KEY_NAMES, type KeyName, LAGO_KEYS } from "../../lago/lago-keys.ts";

/** Keys of a deployment, and the data to check them against. */
export interface JudgedKeys {
  readonly projectName: string;
  /** Engine that the data is on. Defaults to the engine that docker's own settings name. */
  readonly engine?: DockerEndpoint | undefined;
  /** The known keys. Secrets. */
  readonly keys: Partial<Record<KeyName, string>>;
  /** Names of keys that may differ from those of existing data. */
  readonly allowed: readonly string[];
  /** Whether the other keys would be generated now. */
  readonly isNew: boolean;
}

/** Reasons why keys do not fit the existing data. Empty where they fit. */
export async function keyFaults(judged: JudgedKeys): Promise<string[]> {
  const { projectName, engine = DEFAULT_ENGINE, keys, allowed, isNew } = judged;
  if (projectNameFault(projectName) !== undefined) {
    return [];
  }
  const comparing = async () => {
    const volumes = await new KeyFingerprintStore(projectName, engine).read();
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
  // An unreachable engine is no fault of the keys: the real run asks again.
  return await onDeployError(comparing, ({ kind, message }) =>
    kind === "ParseError" ? [`${kind}: ${message}`] : [],
  );
}

/**
 * Finds keys that would be generated although the data was made with others. The marker of an
 * external database lacks the password of the deployment's own database, which protects nothing
 * then.
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

/** Names of keys with invalid values. Whether these keys fit the data is unknown. */
export function keysNamedIn(issues: readonly ConfigIssue[]): KeyName[] {
  const fields = new Set(issues.map(({ field }) => field));
  return LAGO_KEYS.filter(
    ({ name, variables }) =>
      fields.has(name) || variables.some((variable) => fields.has(`environment.${variable}`)),
  ).map(({ name }) => name);
}
