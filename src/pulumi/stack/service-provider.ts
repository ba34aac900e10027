import { randomUUID } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { concealment } from "../../observe/conceal.ts";
import { observedProject } from "../../observe/observed-project.ts";
import type { Drift } from "../../plan/types.ts";
import { clearSnapshots, refreshSnapshot } from "./refresh-snapshot.ts";
import {
  declarationOfState,
  observeService,
  type ServiceState,
  serviceStateIn,
} from "./service-state.ts";
import { sameJson, toStateJson, type WithProvider } from "./wire.ts";

/** Inputs of a service resource. */
export interface ServiceInputs extends ServiceState {
  readonly projectName: string;
  /** Engine of the deployment. Defaults to the one that docker's own settings name. */
  readonly engine?: DockerEndpoint | undefined;
  readonly service: string;
  /** Key of the fingerprints that stand for hidden values. Secret. */
  readonly fingerprintKey: string;
  /** Names of variables to hide, besides those known to be secret. */
  readonly hidden: readonly string[];
}

interface ServiceOutputs extends ServiceInputs {
  /** State as the last update declared it. A refresh leaves it alone. */
  readonly declared: ServiceState;
  /** Random text. Changes with each update of a service that differs from its declaration. */
  readonly generation: string;
  /**
   * Drift that the last refresh found. Absent if there was none, and in states of earlier releases.
   */
  readonly drift?: readonly Drift[];
}

/**
 * Provider of service resources. A refresh replaces the declared state by the found one, so that
 * Pulumi's own diff shows what the next `up` changes. It changes no container: the deployment does.
 */
export const serviceProvider = {
  async diff(
    _id: string,
    olds: WithProvider<ServiceOutputs>,
    news: WithProvider<ServiceInputs>,
  ): Promise<dynamic.DiffResult> {
    const { declared, generation, drift, ...found } = olds;
    return { changes: !sameJson(found, news) };
  },

  async create(inputs: WithProvider<ServiceInputs>): Promise<dynamic.CreateResult> {
    clearSnapshots();
    const id = `${inputs.projectName}/${inputs.service}`;
    return { id, outs: outputsOf(inputs, newGeneration()) };
  },

  async update(
    _id: string,
    olds: WithProvider<ServiceOutputs>,
    news: WithProvider<ServiceInputs>,
  ): Promise<dynamic.UpdateResult> {
    clearSnapshots();
    // A changed setting alone would not always update the deployment: after an update that was cut
    // short, the deployment's inputs may equal the declaration although its containers do not.
    const differs = !sameJson(serviceStateIn(olds), serviceStateIn(news));
    return { outs: outputsOf(news, differs ? newGeneration() : olds.generation) };
  },

  async read(id: string, olds: WithProvider<ServiceOutputs>): Promise<dynamic.ReadResult> {
    const reading = async () => {
      const snapshot = await refreshSnapshot(olds.projectName, olds.engine);
      const how = concealment(olds.fingerprintKey, olds.hidden);
      const observed = observedProject(snapshot, how);
      const found = observeService(declarationOfState(olds.service, olds.declared), observed);
      if (found === undefined) {
        return { id: "", props: {} };
      }
      const { projectName, engine, service, fingerprintKey, hidden, declared, generation } = olds;
      const inputs = { projectName, engine, service, fingerprintKey, hidden, ...found.state };
      const outputs = { ...inputs, declared, generation, ...driftOutput(found.drift) };
      return { id, props: toStateJson(outputs), inputs: toStateJson(inputs) };
    };
    // If the engine does not answer, nothing is known. Services must not count as removed.
    return await onDeployError(reading, () => ({ id, props: olds }));
  },
};

/**
 * Makes a generation that no resource had before. A resource created again for a missing service
 * then counts as a change.
 */
function newGeneration(): string {
  return randomUUID();
}

/**
 * The list of drift, only if there is any, so that a state of an earlier release stays unchanged.
 */
function driftOutput(drift: readonly Drift[]): Pick<ServiceOutputs, "drift"> {
  return drift.length === 0 ? {} : { drift };
}

function outputsOf(inputs: WithProvider<ServiceInputs>, generation: string): ServiceOutputs {
  const { __provider, ...own } = inputs;
  return toStateJson({ ...own, declared: serviceStateIn(own), generation });
}
