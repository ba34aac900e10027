import { randomUUID } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { concealment } from "../../observe/conceal.ts";
import type { ObservedContainer } from "../../observe/containers.ts";
import { observedProject } from "../../observe/observed-project.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import type { Drift } from "../../plan/types.ts";
import { type Declared, lastDeployed, memoryOf } from "./last-deployed.ts";
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

/**
 * Outputs of a service resource. A refresh leaves the declaration alone, unless the deployment of the
 * last update failed: see {@link lastDeployed}.
 */
interface ServiceOutputs extends ServiceInputs, Declared {
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
    const { declared, generation, previous, drift, ...found } = olds;
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
    // A changed setting alone would not always update the deployment: after an update that was cut
    // short, the deployment's inputs may equal the declaration although its containers do not.
    const declared = serviceStateIn(news);
    const differs = !sameJson(serviceStateIn(olds), declared);
    const memory = sameJson(olds.declared, declared) ? {} : await memoryFor(olds, declared);
    clearSnapshots();
    const outs = outputsOf(news, differs ? newGeneration() : olds.generation);
    return { outs: { ...outs, ...toStateJson(memory) } };
  },

  async read(id: string, olds: WithProvider<ServiceOutputs>): Promise<dynamic.ReadResult> {
    const reading = async () => {
      const snapshot = await refreshSnapshot(olds.projectName, olds.engine);
      const deployed = lastDeployed(olds, containersOf(olds, snapshot));
      const observed = observedProject(snapshot, concealment(olds.fingerprintKey, deployed.hidden));
      const found = observeService(declarationOfState(olds.service, deployed.declared), observed);
      if (found === undefined) {
        return { id: "", props: {} };
      }
      const { projectName, engine, service, fingerprintKey } = olds;
      const { hidden, ...rest } = deployed;
      const inputs = { projectName, engine, service, fingerprintKey, hidden, ...found.state };
      const outputs = { ...inputs, ...rest, ...driftOutput(found.drift) };
      return { id, props: toStateJson(outputs), inputs: toStateJson(inputs) };
    };
    // If the engine does not answer, nothing is known. Services must not count as removed.
    return await onDeployError(reading, () => ({ id, props: olds }));
  },
};

/** Containers of a service, without secrets. */
function containersOf(
  { service, fingerprintKey, hidden }: ServiceInputs,
  snapshot: Snapshot,
): readonly ObservedContainer[] {
  const { containers } = observedProject(snapshot, concealment(fingerprintKey, hidden));
  return containers.filter((container) => container.service === service);
}

/**
 * Makes the memory of the last deployment of a service, for a new declaration. Empty if the engine
 * does not answer: an update has to go on without an answer.
 */
async function memoryFor(
  olds: ServiceOutputs,
  next: ServiceState,
): Promise<Pick<Declared, "previous">> {
  const remembering = async () => {
    const snapshot = await refreshSnapshot(olds.projectName, olds.engine);
    const containers = containersOf(olds, snapshot);
    return memoryOf(lastDeployed(olds, containers), containers, next);
  };
  return await onDeployError(remembering, () => ({}));
}

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
