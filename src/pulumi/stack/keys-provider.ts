import type { dynamic } from "@pulumi/pulumi";
import { DEFAULT_ENGINE, type Engine } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { MarkerStore } from "../../keys/fingerprint-store.ts";
import { hasData } from "../../keys/guard.ts";
import { keysInside } from "../../keys/inside.ts";
import { differences, guarded, type KeyDifference, type KeyMarker } from "../../keys/marker.ts";
import { keysChangedText } from "../../keys/message.ts";
import { newKeys } from "../../keys/new-keys.ts";
import { projectNameFault } from "../../lago/config/project-name.ts";
import {
  GUARDED_KEY_NAMES,
  KEY_NAMES,
  type KeyName,
  type KeyValues,
} from "../../lago/lago-keys.ts";
import { readEnvironments } from "../../observe/container-environments.ts";
import { hasUnknown, sameJson, type WithProvider } from "./wire.ts";

/** What the program says of the keys. */
export interface KeysInputs {
  readonly projectName: string;
  /** The engine that the data is on. Defaults to the one that docker's own settings name. */
  readonly engine?: Engine | undefined;
  /** Keys that config gives. Secrets. */
  readonly given: Partial<Record<KeyName, string>>;
  /** Names of keys that may differ from those of existing data. */
  readonly allowKeyChange: readonly string[];
}

/**
 * Holds the keys of a deployment: each as config gives it, else made once and the same ever after. A
 * key that config no longer gives stays what it was.
 */
export const keysProvider = {
  async check(
    olds: Partial<WithProvider<KeysInputs>>,
    news: WithProvider<KeysInputs>,
  ): Promise<dynamic.CheckResult> {
    const isNew = olds?.__provider === undefined;
    const text = hasUnknown(news) ? undefined : await faultOf(news, isNew);
    return { inputs: news, failures: text === undefined ? [] : [{ property: "", reason: text }] };
  },

  async create(inputs: WithProvider<KeysInputs>): Promise<dynamic.CreateResult> {
    const { given } = inputs;
    const running = given.redisPassword === undefined ? await redisPasswordOf(inputs) : {};
    return { id: "generated-keys", outs: { ...(await newKeys()), ...running, ...given } };
  },

  async diff(
    _id: string,
    olds: WithProvider<KeyValues>,
    news: WithProvider<KeysInputs>,
  ): Promise<dynamic.DiffResult> {
    const { __provider, ...keys } = olds;
    const changed =
      hasUnknown(news.given) ||
      !sameJson(keys, { ...keys, ...news.given }) ||
      KEY_NAMES.some((name) => keys[name] === undefined && news.given[name] === undefined);
    // The state is known here and not in `check`, which has judged the given ones.
    const kept = KEY_NAMES.filter((name) => news.given[name] === undefined);
    const text = hasUnknown(news)
      ? undefined
      : await faultOf({ ...news, given: Object.fromEntries(kept.map((n) => [n, keys[n]])) }, false);
    if (text !== undefined) {
      throw new PlainFault(text);
    }
    return { changes: __provider !== news.__provider || changed };
  },

  async update(
    _id: string,
    olds: WithProvider<KeyValues>,
    news: WithProvider<KeysInputs>,
  ): Promise<dynamic.UpdateResult> {
    const { __provider, ...keys } = olds;
    const known = { ...keys, ...news.given };
    // A state of an older release lacks the keys that were none yet.
    const isWhole = KEY_NAMES.every((name) => known[name] !== undefined);
    return { outs: isWhole ? known : { ...(await newKeys()), ...known } };
  },
};

/** A fault that Pulumi shows once, without a stack trace: it prints both of these beside the message. */
class PlainFault extends Error {
  override readonly stack = "see the error of this preview";

  override toString(): string {
    return "KeysChanged";
  }
}

/**
 * The password that a deployment's Redis runs with, where a stack without a state meets one: nothing
 * but the state kept it, and another one would replace all that runs.
 */
async function redisPasswordOf({
  projectName,
  engine = DEFAULT_ENGINE,
}: KeysInputs): Promise<Partial<KeyValues>> {
  const running = async () => {
    const environments = await readEnvironments(projectName, engine);
    const { redisPassword = "" } = await keysInside(projectName, environments, undefined);
    return redisPassword === "" ? {} : { redisPassword };
  };
  // With nothing there to ask, or containers that do not agree, a new one is as good.
  return await onDeployError(running, () => ({}));
}

/**
 * Why the keys do not fit the data that is there, or undefined when nothing speaks against them.
 *
 * @param isNew whether keys that are not given would be made now
 */
async function faultOf(inputs: KeysInputs, isNew: boolean): Promise<string | undefined> {
  const { projectName, engine = DEFAULT_ENGINE, given, allowKeyChange } = inputs;
  if (projectNameFault(projectName) !== undefined) {
    return undefined;
  }
  const looking = async () => {
    const volumes = await new MarkerStore(projectName, engine).read();
    if (!hasData(volumes)) {
      return undefined;
    }
    const { marker } = volumes;
    const found = [
      ...(marker === undefined ? [] : guarded(await differences(marker, given))),
      ...(isNew ? newOnes(given, marker) : []),
    ].filter(({ name }) => !allowKeyChange.includes(name));
    return found.length > 0 ? `KeysChanged: ${keysChangedText(projectName, found)}` : undefined;
  };
  // An engine that cannot be asked is no fault of the keys: the real run asks again.
  return await onDeployError(looking, ({ kind, message }) =>
    kind === "ParseError" ? `${kind}: ${message}` : undefined,
  );
}

/**
 * Keys that would be made anew although there is data that was made with some. With a database
 * elsewhere the marker leaves out the password of the deployment's own, which opens nothing.
 */
function newOnes(given: KeysInputs["given"], marker: KeyMarker | undefined): KeyDifference[] {
  const isNeeded = (name: KeyName) =>
    marker?.data !== "elsewhere" || marker.keys[name] !== undefined;
  const made = GUARDED_KEY_NAMES.filter((name) => given[name] === undefined && isNeeded(name));
  return made.map((name) => {
    const mark = marker?.keys[name];
    const kind = mark === undefined ? "unproven" : mark === "" ? "added" : "missing";
    return { name, kind };
  });
}
