import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { dynamic } from "@pulumi/pulumi";
import { deploymentOf } from "../../deployment/from-spec.ts";
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { DeployError } from "../../errors.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import { together } from "../../process/together.ts";
import { type DeploymentSpec, parseDeploymentSpec } from "../../spec/spec.ts";
import {
  engineReasons,
  invalid,
  nameFaults,
  type OptIns,
  reasonsOf,
  variableFaults,
} from "./project-faults.ts";
import { hostFaults } from "./project-host.ts";
import { keepAllocated, placeOf } from "./project-ports.ts";
import { volumeFaults } from "./project-volumes.ts";
import { hasUnknown, sameJson, toWire } from "./wire.ts";

/** What the program says of the deployment, and what `check` adds to it. */
export interface ProjectInputs {
  readonly spec: DeploymentSpec;
  readonly optIns?: OptIns;
  /** Of the compose files' content, so that a change of a file is a change of the deployment. */
  readonly digest?: string;
  /** Where it is published, with a port in the place of each `auto`. */
  readonly ports?: PublishedPorts | undefined;
}

type Wire<T> = T & { readonly __provider: string };

/** Who the deployment is. Refuses in preview what cannot work. */
export const projectProvider = {
  async check(olds: Wire<ProjectInputs>, news: Wire<ProjectInputs>): Promise<dynamic.CheckResult> {
    if (hasUnknown(news.spec)) {
      return { inputs: news };
    }
    const optIns = hasUnknown(news.optIns) ? {} : news.optIns;
    const reasons = await nameFaults(olds.spec, news.spec.projectName, optIns);
    try {
      // The other faults of the spec are to be found in the same go as one of its name.
      const projectName = reasons.length > 0 ? "lago" : news.spec.projectName;
      const before = { wanted: olds.spec?.ports, ports: olds.ports };
      const ports = keepAllocated(news.spec.ports, before);
      const spec = parseDeploymentSpec({ ...news.spec, projectName, ports });
      const deployment = deploymentOf(spec, {});
      const left = await hostFaults(olds.spec, news.spec, optIns?.allowHostChange);
      // None of the three waits for the others; what the engine has counts only where the spec is sound.
      const [model, place, volumes] = await together([
        deployment.model(),
        placeOf(deployment, spec.variables ?? []),
        volumeFaults(deployment, spec.variables ?? []),
      ]);
      reasons.push(...variableFaults(model, news.spec.variables ?? []));
      reasons.push(...invalid(await deployment.serviceFaults()));
      reasons.push(...(await engineReasons(deployment.project.engine)));
      reasons.push(...left);
      const isSound = reasons.length === 0;
      reasons.push(...(isSound ? [...place.reasons, ...volumes] : []));
      const added = { digest: digestOf(deployment), ports: isSound ? place.ports : undefined };
      const inputs = toWire({ ...news, ...added });
      return { inputs, failures: reasons.map(failure) };
    } catch (error) {
      return { inputs: news, failures: [...reasons, ...reasonsOf(error)].map(failure) };
    }
  },

  async diff(
    _id: string,
    olds: Wire<ProjectInputs>,
    news: Wire<ProjectInputs>,
  ): Promise<dynamic.DiffResult> {
    return { changes: !sameJson(olds, news) };
  },

  async create(inputs: Wire<ProjectInputs>): Promise<dynamic.CreateResult> {
    const { __provider, ...declared } = inputs;
    return { id: declared.spec.projectName, outs: toWire(withPorts(declared)) };
  },

  async update(
    _id: string,
    _olds: Wire<ProjectInputs>,
    news: Wire<ProjectInputs>,
  ): Promise<dynamic.UpdateResult> {
    const { __provider, ...declared } = news;
    return { outs: toWire(withPorts(declared)) };
  },

  /** Stands in the state of stacks of earlier releases, which call it when they are refreshed. */
  async read(id: string, olds: Wire<ProjectInputs>): Promise<dynamic.ReadResult> {
    return { id, props: olds };
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
