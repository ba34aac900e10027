import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { dynamic } from "@pulumi/pulumi";
import type { LagoDeployment } from "../deployment/lago-deployment.ts";
import { ComposeProject } from "../deployment/project.ts";
import { type DeploymentSpec, deploymentOf, parseDeploymentSpec } from "../deployment/spec.ts";
import { DeployError } from "../errors.ts";
import type { PublishedPorts } from "../ports/claims.ts";
import { type DeclaredService, driftOf } from "./drift.ts";
import { nameFaults, reasonsOf, variableFaults } from "./project-faults.ts";
import { keepAllocated, placeOf } from "./project-ports.ts";
import { hasUnknown, sameJson, toWire } from "./wire.ts";

/** What the program says of the deployment, and what `check` adds to it. */
export interface ProjectInputs {
  readonly spec: DeploymentSpec;
  /** Of the compose files' content, so that a change of a file is a change of the deployment. */
  readonly digest?: string;
  readonly services?: readonly DeclaredService[];
  /** Where it is published, with a port in the place of each `auto`. */
  readonly ports?: PublishedPorts | undefined;
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
      const before = { wanted: olds.spec?.ports, ports: olds.ports };
      const ports = keepAllocated(news.spec.ports, before);
      const spec = parseDeploymentSpec({ ...news.spec, projectName, ports });
      const deployment = deploymentOf(spec, {});
      const model = await deployment.model();
      reasons.push(...variableFaults(model, news.spec.variables ?? []));
      const place = reasons.length === 0 ? await placeOf(deployment) : undefined;
      reasons.push(...(place?.reasons ?? []));
      const services = model.services.map(({ name, oneShot }) => ({ name, oneShot }));
      const added = { services, digest: digestOf(deployment), ports: place?.ports };
      const inputs = toWire({ ...news, ...added });
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
      ...withPorts(declared),
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
      ...withPorts(declared),
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

/** @throws DeployError when the ports are not known, as then the engine could not be asked */
function withPorts(inputs: ProjectInputs): ProjectInputs {
  if (inputs.ports === undefined) {
    throw new DeployError(
      "DaemonUnreachable",
      `No ports were allocated to project ${inputs.spec.projectName}, since the Docker engine could not be asked which are free. Nothing was touched. \`z-billing-lago doctor\` says what is missing; run the same command again then.`,
    );
  }
  return inputs;
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
