import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { dynamic } from "@pulumi/pulumi";
import type { ComposeAnswers } from "../../compose/compose-reads.ts";
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { DeployError } from "../../errors.ts";
import type { KeySources } from "../../keys/message.ts";
import { KEY_NAMES, type KeyName } from "../../lago/lago-keys.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { zbl } from "../../text/zbl.ts";
import { hasUnknown } from "../cli/unknown-values.ts";
import { judgeProject } from "./judge-project.ts";
import { keyFaults, keysNamedIn } from "./key-faults.ts";
import type { OptIns } from "./project-faults.ts";
import { keptName, type NameOrigin } from "./project-name.ts";
import { failuresOf, knownFindings, type ProgramFindings } from "./refusal-text.ts";
import { sameJson, toStateJson, type WithProvider } from "./wire.ts";

/** Inputs of the project as its state has them. */
export interface ProjectInputs {
  readonly spec: DeploymentSpec;
  readonly optIns?: OptIns;
  /** Of the compose files' content, so that a change of a file is a change of the deployment. */
  readonly digest?: string;
  /** Where it is published, with a port in the place of each `auto`. */
  readonly ports?: PublishedPorts | undefined;
}

/** Inputs that a `check` reads, and the state never has. */
export interface ProjectCheckInputs extends ProjectInputs {
  /** Faults that the program itself has found. */
  readonly findings?: ProgramFindings;
  /** Compose's answers to the program about the files. */
  readonly answers?: ComposeAnswers;
  /** The keys that config gives, and all that the stack has. Secrets. */
  readonly keys?: { readonly given: Keys; readonly all: Keys };
  /** Settings that give the keys. */
  readonly sources?: KeySources;
  /** The stack whose config has the settings; undefined for settings from elsewhere. */
  readonly stack?: string;
  /** Origin of the project's name. Defaults to a name that somebody chose, or that of the stack. */
  readonly nameOrigin?: NameOrigin;
}

/** Keys by name, as far as they are known. */
type Keys = Partial<Record<KeyName, string>>;

/** Holds the identity of the deployment. A preview refuses all faults of the deployment at once. */
export const projectProvider = {
  async check(
    olds: WithProvider<ProjectInputs>,
    news: WithProvider<ProjectCheckInputs>,
  ): Promise<dynamic.CheckResult> {
    const { findings, answers, keys, sources, stack, nameOrigin, ...others } = news;
    const oldName = hasUnknown(olds.spec) ? undefined : olds.spec?.projectName;
    const projectName = keptName(oldName, others.spec.projectName, nameOrigin);
    const isKept = projectName !== others.spec.projectName;
    const spec = isKept ? { ...others.spec, projectName } : others.spec;
    const { optIns } = others;
    const inputs = { ...others, spec };
    const before = olds.spec === undefined ? undefined : { spec: olds.spec, ports: olds.ports };
    const { reasons, deployment, ports } = await judgeProject(
      before,
      { spec, optIns, findings, answers, stack, nameOrigin },
      async (snapshot) =>
        keys
          ? await faultsOfKeys({ ...news, spec, keys, findings: knownFindings(findings) }, snapshot)
          : [],
    );
    const added = deployment === undefined ? {} : { digest: digestOf(deployment), ports };
    const failures = failuresOf(spec.projectName, reasons);
    return { inputs: toStateJson({ ...inputs, ...added }), failures };
  },

  async diff(
    _id: string,
    olds: WithProvider<ProjectInputs>,
    news: WithProvider<ProjectInputs>,
  ): Promise<dynamic.DiffResult> {
    return { changes: !sameJson(olds, news) };
  },

  async create(inputs: WithProvider<ProjectInputs>): Promise<dynamic.CreateResult> {
    const { __provider, ...declared } = inputs;
    return { id: declared.spec.projectName, outs: toStateJson(withPorts(declared)) };
  },

  async update(
    _id: string,
    _olds: WithProvider<ProjectInputs>,
    news: WithProvider<ProjectInputs>,
  ): Promise<dynamic.UpdateResult> {
    const { __provider, ...declared } = news;
    return { outs: toStateJson(withPorts(declared)) };
  },

  /** Stands in the state of stacks of earlier releases, which call it when they are refreshed. */
  async read(id: string, olds: WithProvider<ProjectInputs>): Promise<dynamic.ReadResult> {
    return { id, props: olds };
  },
};

/**
 * Requires the ports.
 *
 * @throws DeployError when the ports are unknown because the engine did not answer
 */
function withPorts(inputs: ProjectInputs): ProjectInputs {
  if (inputs.ports === undefined) {
    throw new DeployError(
      "DaemonUnreachable",
      `No ports were allocated to project ${inputs.spec.projectName}, since the Docker engine could not be asked which are free. Nothing was touched. \`${zbl("doctor")}\` says what is missing; run the same command again then.`,
    );
  }
  return inputs;
}

/** Judges the known keys. The resource that holds the keys judges those that it generates. */
async function faultsOfKeys(
  judged: ProjectCheckInputs & Required<Pick<ProjectCheckInputs, "keys" | "findings">>,
  snapshot: Snapshot | undefined,
): Promise<string[]> {
  const { spec, sources, stack } = judged;
  const { given } = judged.keys;
  // Generated keys reach no container of an adopted deployment.
  const all = hasUnknown(spec) || spec.adopted !== true ? judged.keys.all : {};
  const keys = { ...all, ...(hasUnknown(given) ? {} : given) };
  const known = KEY_NAMES.filter((name) => keys[name] !== undefined && !hasUnknown(keys[name]));
  if (known.length === 0 || hasUnknown(spec)) {
    return [];
  }
  const own = {
    projectName: spec.projectName,
    keys: Object.fromEntries(known.map((name) => [name, keys[name]])),
    allowed: [...(spec.allowKeyChange ?? []), ...keysNamedIn(judged.findings.invalid)],
    isNew: false,
    kept: hasUnknown(all) ? {} : all,
    hints: { stack, sources: hasUnknown(sources) ? {} : sources },
  };
  return await keyFaults(own, snapshot);
}

function digestOf(deployment: LagoDeployment): string {
  const hash = createHash("sha256");
  for (const file of deployment.composeFiles) {
    const content = readFileSync(file);
    hash.update(`${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
