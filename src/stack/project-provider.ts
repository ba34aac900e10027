import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { dynamic } from "@pulumi/pulumi";
import type { ComposeModel } from "../compose/model.ts";
import { projectNameFault } from "../config/project-name.ts";
import type { LagoDeployment } from "../deployment/lago-deployment.ts";
import { findConflicts } from "../deployment/preflight.ts";
import { ComposeProject } from "../deployment/project.ts";
import { type DeploymentSpec, deploymentOf, parseDeploymentSpec } from "../deployment/spec.ts";
import { DeployError } from "../errors.ts";
import { PORT_VARIABLES } from "../ports/claims.ts";
import { type DeclaredService, driftOf } from "./drift.ts";
import { hasUnknown, sameJson, toWire } from "./wire.ts";

/** What the program says of the deployment, and what `check` adds to it. */
export interface ProjectInputs {
  readonly spec: DeploymentSpec;
  /** Of the compose files' content, so that a change of a file is a change of the deployment. */
  readonly digest?: string;
  readonly services?: readonly DeclaredService[];
}

interface ProjectOutputs extends ProjectInputs {
  /** Grows by one when the services have to be started although no setting changed. */
  readonly generation: number;
  /** What differed from the declaration when the containers were looked at last. */
  readonly drift: readonly string[];
}

type Wire<T> = T & { readonly __provider: string };

/**
 * Who the deployment is and whether it still is as declared. Refuses in preview what cannot work,
 * and makes observed drift a change.
 */
export const projectProvider = {
  async check(olds: Wire<ProjectInputs>, news: Wire<ProjectInputs>): Promise<dynamic.CheckResult> {
    if (hasUnknown(news.spec)) {
      return { inputs: news };
    }
    const reasons = nameFaults(olds.spec?.projectName, news.spec.projectName);
    try {
      // The other faults of the spec are to be found in the same go as one of its name.
      const projectName = reasons.length > 0 ? "lago" : news.spec.projectName;
      const deployment = deploymentOf(parseDeploymentSpec({ ...news.spec, projectName }), {});
      const model = await deployment.model();
      reasons.push(...variableFaults(model, news.spec.variables ?? []));
      if (reasons.length === 0) {
        reasons.push(...(await conflicts(deployment)));
      }
      const services = model.services.map(({ name, oneShot }) => ({ name, oneShot }));
      const inputs = toWire({ ...news, services, digest: digestOf(deployment) });
      return { inputs, failures: reasons.map(failure) };
    } catch (error) {
      return { inputs: news, failures: [...reasons, ...reasonsOf(error)].map(failure) };
    }
  },

  async diff(
    _id: string,
    olds: Wire<ProjectOutputs>,
    news: Wire<ProjectInputs>,
  ): Promise<dynamic.DiffResult> {
    const { generation, drift, ...oldInputs } = olds;
    return { changes: drift.length > 0 || !sameJson(oldInputs, news) };
  },

  async create(inputs: Wire<ProjectInputs>): Promise<dynamic.CreateResult> {
    const { __provider, ...declared } = inputs;
    const outs: ProjectOutputs = {
      ...declared,
      generation: 1,
      drift: [],
    };
    return { id: declared.spec.projectName, outs: toWire(outs) };
  },

  async update(
    _id: string,
    olds: Wire<ProjectOutputs>,
    news: Wire<ProjectInputs>,
  ): Promise<dynamic.UpdateResult> {
    const { __provider, ...declared } = news;
    const outs: ProjectOutputs = {
      ...declared,
      generation: olds.generation + (olds.drift.length > 0 ? 1 : 0),
      drift: [],
    };
    return { outs: toWire(outs) };
  },

  async read(id: string, olds: Wire<ProjectOutputs>): Promise<dynamic.ReadResult> {
    try {
      const status = await new ComposeProject(olds.spec.projectName).status();
      return { id, props: toWire({ ...olds, drift: driftOf(olds.services ?? [], status) }) };
    } catch (error) {
      if (DeployError.isDeployError(error)) {
        // An engine that cannot be asked tells nothing: least of all that everything is gone.
        return { id, props: olds };
      }
      throw error;
    }
  },
};

/** A renamed project is a new one beside the old: with no data, and the old one left running. */
function nameFaults(oldName: string | undefined, newName: string): string[] {
  const fault = projectNameFault(newName);
  if (fault !== undefined) {
    return [`InvalidProjectName: projectName: ${fault}`];
  }
  if (oldName === undefined || oldName === newName || hasUnknown(oldName)) {
    return [];
  }
  return [
    `InvalidProjectName: projectName: it cannot change from "${oldName}" to "${newName}": containers and data of "${oldName}" would be left behind. Set it back, or run \`pulumi destroy\` first (volumes are kept) and move the data.`,
  ];
}

function variableFaults(model: ComposeModel, names: readonly string[]): string[] {
  const missing = model.requiredVariables
    .filter(({ name }) => !names.includes(name))
    .map(({ name, message }) => `InvalidConfig: environment.${name}: ${message}`);
  const twice = Object.entries(PORT_VARIABLES)
    .filter(([name]) => names.includes(name))
    .map(([name, field]) => `InvalidConfig: environment.${name}: set ${field} instead`);
  return [...missing, ...twice];
}

/** Ports and names that others hold. An engine that cannot be asked is for the real run to report. */
async function conflicts(deployment: LagoDeployment): Promise<string[]> {
  try {
    const issues = await findConflicts(deployment);
    return issues.map(({ field, message }) => `PortTaken: ${field}: ${message}`);
  } catch (error) {
    if (DeployError.isDeployError(error)) {
      return [];
    }
    throw error;
  }
}

function reasonsOf(error: unknown): string[] {
  if (!DeployError.isDeployError(error)) {
    throw error;
  }
  return error.issues.length > 0
    ? error.issues.map(({ field, message }) => `${error.kind}: ${field}: ${message}`)
    : [`${error.kind}: ${error.message}`];
}

/** With a property named, the engine would print all of its value beside the reason. */
function failure(reason: string): dynamic.CheckFailure {
  return { property: "", reason };
}

function digestOf(deployment: LagoDeployment): string {
  const hash = createHash("sha256");
  for (const file of deployment.composeFiles) {
    const content = readFileSync(file);
    hash.update(`${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
