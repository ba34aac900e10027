import type { dynamic } from "@pulumi/pulumi";
import { DEFAULT_ENGINE, type DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { keysFromContainers } from "../../keys/from-containers.ts";
import type { KeySources } from "../../keys/message.ts";
import { newKeys } from "../../keys/new-keys.ts";
import { hasData, projectVolumes } from "../../keys/project-volumes.ts";
import { KEY_NAMES, type KeyName, type KeyValues } from "../../lago/lago-keys.ts";
import { readEnvironments } from "../../observe/container-environments.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import { hasUnknown } from "../cli/unknown-values.ts";
import { judgeProject, type ProjectToJudge } from "./judge-project.ts";
import { keyFaults, keysNamedIn } from "./key-faults.ts";
import { keptName } from "./project-name.ts";
import { failuresOf, knownFindings } from "./refusal-text.ts";
import { snapshotIfAnswered } from "./snapshot-if-answered.ts";
import { sameJson, type WithProvider } from "./wire.ts";

/** Inputs of the keys as their state has them. */
export interface KeysInputs {
  readonly projectName: string;
  /** The engine that the data is on. Defaults to the one that docker's own settings name. */
  readonly engine?: DockerEndpoint | undefined;
  /** Keys that config gives. Secrets. */
  readonly given: Partial<Record<KeyName, string>>;
  /** Names of keys that may differ from those of existing data. */
  readonly allowKeyChange: readonly string[];
}

/** Inputs of the keys as a `check` has them. */
export interface KeysCheckInputs extends KeysInputs {
  /** The deployment that the keys are for. Never in the state. */
  readonly project?: ProjectToJudge & { readonly sources?: KeySources };
}

/**
 * Holds the keys of a deployment: each as the config gives it, or as the containers of a deployment
 * without a state have it, or else generated once and then kept. A key that the config no longer gives keeps its value; the password of Redis, which no data
 * depends on, may go back to an earlier one.
 *
 * No key may be generated or changed for a refused deployment, and a refusal lists all faults
 * together. So this provider refuses new keys, with all other faults of the deployment. Keys in a
 * state stay unchanged even if they do not fit: the project resource, which comes next, refuses
 * them.
 */
export const keysProvider = {
  async check(
    olds: Partial<WithProvider<KeysInputs>>,
    news: WithProvider<KeysCheckInputs>,
  ): Promise<dynamic.CheckResult> {
    const { project, ...inputs } = news;
    if (olds?.__provider !== undefined) {
      const projectName = keptName(olds.projectName, inputs.projectName, project?.nameOrigin);
      return { inputs: { ...inputs, projectName } };
    }
    const { invalid, unsafe } = knownFindings(project?.findings);
    const { sources, stack } = project ?? {};
    const allowed = [...inputs.allowKeyChange, ...keysNamedIn(invalid)];
    const hints = { stack, sources: hasUnknown(sources) ? {} : sources };
    const isKnown = !hasUnknown(inputs);
    const snapshot = isKnown
      ? await snapshotIfAnswered(inputs.projectName, inputs.engine)
      : undefined;
    // Generated keys reach no container of an adopted deployment.
    const isNew = hasUnknown(project?.spec) || project?.spec.adopted !== true;
    const judged = { ...judgedIn(inputs), allowed, isNew, hints };
    const faultsOfGiven = isKnown ? await keyFaults(judged, snapshot) : [];
    const faults =
      faultsOfGiven.length === 0
        ? []
        : await keyFaults({ ...judged, keys: await allKnown(inputs, snapshot) }, snapshot);
    if (faults.length + invalid.length + unsafe.length === 0) {
      return { inputs };
    }
    const { reasons } =
      project === undefined
        ? { reasons: faults }
        : await judgeProject(undefined, project, async () => faults, snapshot);
    return { inputs, failures: failuresOf(inputs.projectName, reasons) };
  },

  async create(inputs: WithProvider<KeysInputs>): Promise<dynamic.CreateResult> {
    const isWhole = KEY_NAMES.every((name) => inputs.given[name] !== undefined);
    const snapshot = isWhole
      ? undefined
      : await snapshotIfAnswered(inputs.projectName, inputs.engine);
    const known = isWhole ? inputs.given : await allKnown(inputs, snapshot);
    return { id: "generated-keys", outs: { ...(await newKeys()), ...known } };
  },

  /**
   * Finds changes of the keys that data depends on. A given password of Redis replaces the one in the
   * state without an update: in a preview of an update Pulumi knows no key, and so shows no plan.
   */
  async diff(
    _id: string,
    olds: WithProvider<KeyValues>,
    news: WithProvider<KeysInputs>,
  ): Promise<dynamic.DiffResult> {
    const { __provider, ...keys } = olds;
    const { redisPassword: _, ...given } = news.given;
    const changed =
      hasUnknown(news.given) ||
      !sameJson(keys, { ...keys, ...given }) ||
      KEY_NAMES.some((name) => keys[name] === undefined && news.given[name] === undefined);
    const isRefused = changed && !hasUnknown(news) && (await areRefused(news));
    return { changes: (__provider !== news.__provider || changed) && !isRefused };
  },

  async update(
    _id: string,
    olds: WithProvider<KeyValues>,
    news: WithProvider<KeysInputs>,
  ): Promise<dynamic.UpdateResult> {
    const { __provider, ...keys } = olds;
    const known = { ...keys, ...news.given };
    // A state of an older release lacks the keys that did not exist then.
    const isWhole = KEY_NAMES.every((name) => known[name] !== undefined);
    return { outs: isWhole ? known : { ...(await newKeys()), ...known } };
  },
};

function judgedIn({ projectName, given, allowKeyChange }: KeysInputs) {
  return { projectName, keys: given, allowed: allowKeyChange };
}

async function areRefused(news: KeysInputs): Promise<boolean> {
  const snapshot = await snapshotIfAnswered(news.projectName, news.engine);
  return (await keyFaults({ ...judgedIn(news), isNew: false }, snapshot)).length > 0;
}

/**
 * Adds to the given keys those that the containers of the deployment have, for a stack without a state:
 * nothing else knows the keys of its data. Of containers that disagree with one another, or with the
 * data, none is taken.
 */
async function allKnown(
  { projectName, engine = DEFAULT_ENGINE, given }: KeysInputs,
  snapshot: Snapshot | undefined,
): Promise<Partial<Record<KeyName, string>>> {
  if (snapshot === undefined) {
    return given;
  }
  const running = async () => {
    const environments = await readEnvironments(projectName, engine);
    const volumes = projectVolumes(projectName, snapshot.volumes);
    const fingerprints = hasData(volumes) ? volumes.fingerprints : undefined;
    const keys = await keysFromContainers(projectName, environments, fingerprints);
    return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== ""));
  };
  return { ...(await onDeployError(running, () => ({}))), ...given };
}
