import { randomUUID } from "node:crypto";
import type { dynamic } from "@pulumi/pulumi";
import type { Engine } from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import { concealment } from "../../observe/mask.ts";
import { declarationOfState, observedState, type ServiceState } from "./service-state.ts";
import { forgetLooks, lookTogether } from "./shared-look.ts";
import { sameJson, toStateJson, type WithProvider } from "./wire.ts";

/** What the program says of one service. */
export interface ServiceInputs extends ServiceState {
  readonly projectName: string;
  /** The engine that it is on. Defaults to the one that docker's own settings name. */
  readonly engine?: Engine | undefined;
  readonly service: string;
  /** Keys the fingerprints of what is not shown. Secret. */
  readonly fingerprintKey: string;
  /** Names of variables whose values are not to be shown, beside those known to be secret. */
  readonly hidden: readonly string[];
}

interface ServiceOutputs extends ServiceInputs {
  /** What was declared last, of which a refresh changes nothing. */
  readonly declared: ServiceState;
  /** Another one each time that what is declared is not what was found. */
  readonly generation: string;
}

/**
 * One service. A refresh puts what it finds in the place of what was declared, so that Pulumi's own
 * diff says what the next `up` changes. Looks and touches nothing: the deployment does the work.
 */
export const serviceProvider = {
  async diff(
    _id: string,
    olds: WithProvider<ServiceOutputs>,
    news: WithProvider<ServiceInputs>,
  ): Promise<dynamic.DiffResult> {
    const { declared, generation, ...found } = olds;
    return { changes: !sameJson(found, news) };
  },

  async create(inputs: WithProvider<ServiceInputs>): Promise<dynamic.CreateResult> {
    forgetLooks();
    const id = `${inputs.projectName}/${inputs.service}`;
    return { id, outs: outputsOf(inputs, newGeneration()) };
  },

  async update(
    _id: string,
    olds: WithProvider<ServiceOutputs>,
    news: WithProvider<ServiceInputs>,
  ): Promise<dynamic.UpdateResult> {
    forgetLooks();
    // A changed setting is not enough to update the deployment: where the one before was cut short,
    // what is declared now may be what the deployment was last updated with, and not what runs.
    const differs = !sameJson(stateOf(olds), stateOf(news));
    return { outs: outputsOf(news, differs ? newGeneration() : olds.generation) };
  },

  async read(id: string, olds: WithProvider<ServiceOutputs>): Promise<dynamic.ReadResult> {
    const reading = async () => {
      const look = await lookTogether(olds.projectName, olds.engine);
      const observed = look.conceal(concealment(olds.fingerprintKey, olds.hidden));
      const found = observedState(declarationOfState(olds.service, olds.declared), observed);
      if (found === undefined) {
        return { id: "", props: {} };
      }
      const { projectName, engine, service, fingerprintKey, hidden, declared, generation } = olds;
      const inputs = { projectName, engine, service, fingerprintKey, hidden, ...found };
      return {
        id,
        props: toStateJson({ ...inputs, declared, generation }),
        inputs: toStateJson(inputs),
      };
    };
    // An engine that cannot be asked tells nothing: least of all that everything is gone.
    return await onDeployError(reading, () => ({ id, props: olds }));
  },
};

/** A resource that is made anew, since its service was gone, has to count as a change too. */
function newGeneration(): string {
  return randomUUID();
}

function outputsOf(inputs: WithProvider<ServiceInputs>, generation: string): ServiceOutputs {
  const { __provider, ...own } = inputs;
  return toStateJson({ ...own, declared: stateOf(own), generation });
}

function stateOf(inputs: ServiceInputs & { readonly __provider?: string }): ServiceState {
  const { projectName, engine, service, fingerprintKey, hidden, __provider, ...rest } = inputs;
  const { declared, generation, ...state } = rest as Partial<ServiceOutputs> & ServiceState;
  return state;
}
