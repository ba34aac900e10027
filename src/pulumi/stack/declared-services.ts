import * as pulumi from "@pulumi/pulumi";
import type { ComposeReads } from "../../compose/reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { type Declaration, declarationOf, planOf } from "../../deployment/plan.ts";
import { onDeployError } from "../../errors.ts";
import { type Concealment, concealment } from "../../observe/mask.ts";
import { fingerprintKey } from "../../observe/value-fingerprint.ts";
import { planText } from "../../plan/text.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { wantsAuto } from "../../spec/wanted-ports.ts";
import { PLAN_FORMAT_VARIABLE, planLine } from "../cli/plans.ts";
import { extraNames, type GivenSettings, type Variables } from "./environment.ts";
import { asRunError, asyncAsRunError } from "./run-error.ts";
import { declaredState, type ServiceState } from "./service-state.ts";
import { toStateJson } from "./wire.ts";

/** The services that are to run. */
export interface DeclaredServices {
  /** Their names, known in every preview. */
  readonly names: pulumi.Output<string[]>;
  /** Each of them without secrets, known once all values are. */
  readonly states: pulumi.Output<Readonly<Record<string, ServiceState>>>;
  /** Keys the fingerprints in them. Secret. */
  readonly fingerprintKey: pulumi.Output<string>;
  /** Names of variables whose values are not shown in them. */
  readonly hidden: pulumi.Output<string[]>;
}

/**
 * Describes the services as compose would make them of the spec and the values. A preview shows first
 * what would become of them.
 *
 * @param spec tells which services there are
 * @param located the spec with the ports that `auto` stands for
 */
export function declaredServices(
  spec: pulumi.Output<DeploymentSpec>,
  located: pulumi.Output<DeploymentSpec>,
  values: pulumi.Input<Variables>,
  { extra }: GivenSettings,
  parent: pulumi.Resource,
  reads: ComposeReads,
): DeclaredServices {
  const hidden = extraNames(extra);
  const variables = pulumi.output(values);
  const key = pulumi.secret(variables.apply(fingerprintKey));
  resolveEarly(spec, variables, reads);
  const states = pulumi
    .all([located, variables, key, hidden])
    .apply(async ([known, all, ...how]) => {
      // Under Pulumi's mocks nobody has judged the spec before.
      const deployment = asRunError(() => deploymentOf(known, all, { reads }));
      const concealed = concealment(...how);
      const declaration = await asyncAsRunError(declarationOf(deployment, concealed));
      if (pulumi.runtime.isDryRun()) {
        await showPlan(deployment, concealed, declaration, parent);
      }
      const states = declaration.services.map((one) => [one.name, declaredState(one)] as const);
      return toStateJson(Object.fromEntries(states));
    });
  return {
    names: spec.apply((known) => namesOf(known, reads)),
    // The secrets are taken out.
    states: pulumi.unsecret(states),
    fingerprintKey: key,
    hidden,
  };
}

/**
 * Has compose fill in the files while the project is being judged, which takes as long. An answer that
 * fails is asked for again, and reported then, when the project is found sound.
 */
function resolveEarly(
  spec: pulumi.Output<DeploymentSpec>,
  variables: pulumi.Output<Record<string, string>>,
  reads: ComposeReads,
): void {
  pulumi.all([spec, variables]).apply(async ([known, values]) => {
    if (wantsAuto(known.ports)) {
      return;
    }
    const resolving = async () => {
      const ports = await deploymentOf(known, values, { reads }).ports();
      await deploymentOf({ ...known, ports }, values, { reads }).resolve();
    };
    await onDeployError(resolving, () => {});
  });
}

async function namesOf(spec: DeploymentSpec, reads: ComposeReads): Promise<string[]> {
  // Faults of the spec itself are for the project resource to report.
  const { services } = await onDeployError(
    async () => await deploymentOf(spec, {}, { reads }).model(),
    () => ({ services: [] }),
  );
  return services.map(({ name }) => name);
}

async function showPlan(
  deployment: LagoDeployment,
  how: Concealment,
  declaration: Declaration,
  parent: pulumi.Resource,
) {
  const showing = async () => {
    const plan = await planOf(deployment, how, declaration);
    const asJson = process.env[PLAN_FORMAT_VARIABLE] === "json";
    await pulumi.log.info(asJson ? planLine(plan) : planText(plan), parent);
    for (const { message } of plan.risks) {
      await pulumi.log.warn(`DATA AT STAKE: ${message}.`, parent);
    }
  };
  await onDeployError(showing, async (failure) => {
    // A preview is of use without it, and an engine that cannot be asked may answer by then.
    const message = `What would become of the services cannot be told: ${failure.message}`;
    await pulumi.log.warn(message, parent);
  });
}
