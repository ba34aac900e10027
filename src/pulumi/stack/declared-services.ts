import * as pulumi from "@pulumi/pulumi";
import type { ComposeReads } from "../../compose/compose-reads.ts";
import type { ComposeModel } from "../../compose/model.ts";
import { serviceWithRole } from "../../compose/service-roles.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { type Declaration, declarationOf, planOf } from "../../deployment/plan.ts";
import { severalReplicas } from "../../deployment/wanted-services.ts";
import { onDeployError } from "../../errors.ts";
import { type Concealment, concealment } from "../../observe/conceal.ts";
import { fingerprintKey } from "../../observe/value-fingerprint.ts";
import { openRisks, planText, riskText } from "../../plan/text.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { wantsAuto } from "../../spec/wanted-ports.ts";
import { NO_PLAN, PLAN_FORMAT_VARIABLE, planLine } from "../cli/plans.ts";
import { extraNames, type GivenSettings, type Variables } from "./environment.ts";
import { asRunError, asyncAsRunError } from "./run-error.ts";
import { declaredState, type ServiceState } from "./service-state.ts";
import { toStateJson } from "./wire.ts";

/** Services that should run. */
export interface DeclaredServices {
  /** Names of the services, known in every preview. */
  readonly names: pulumi.Output<string[]>;
  /** Number of containers of each service that has several; undefined where none has. */
  readonly replicas: pulumi.Output<Record<string, number> | undefined>;
  /** Names of the services that run once and end, known in every preview. */
  readonly oneShots: pulumi.Output<string[]>;
  /** Names of the services that a proxy passes requests on to. */
  readonly proxied: pulumi.Output<{ readonly api: string; readonly front: string }>;
  /** State of each service without secrets, known once all values are. */
  readonly states: pulumi.Output<Readonly<Record<string, ServiceState>>>;
  /** Key of the fingerprints in the states. Secret. */
  readonly fingerprintKey: pulumi.Output<string>;
  /** Names of variables whose values the states do not show. */
  readonly hidden: pulumi.Output<string[]>;
}

/**
 * Resolves the services from the spec and the values, as compose would. A preview first shows the
 * plan.
 *
 * @param spec spec that tells the names of the services
 * @param located spec with the ports that were allocated for `auto`
 * @param how compose's answers so far, and the stack whose config has the settings
 */
export function declaredServices(
  spec: pulumi.Output<DeploymentSpec>,
  located: pulumi.Output<DeploymentSpec>,
  values: pulumi.Input<Variables>,
  { extra }: GivenSettings,
  parent: pulumi.Resource,
  { reads, stack }: { readonly reads: ComposeReads; readonly stack: string | undefined },
): DeclaredServices {
  const hidden = extraNames(extra);
  const variables = pulumi.output(values);
  const key = pulumi.secret(variables.apply(fingerprintKey));
  resolveEarly(spec, variables, reads);
  const states = pulumi
    .all([located, variables, key, hidden])
    .apply(async ([known, all, ...how]) => {
      // Under Pulumi's mocks no resource has checked the spec before.
      const deployment = asRunError(() => deploymentOf(known, all, { reads }));
      const concealed = concealment(...how);
      const declaration = await asyncAsRunError(declarationOf(deployment, concealed));
      if (pulumi.runtime.isDryRun()) {
        await showPlan(deployment, concealed, declaration, parent, stack);
      }
      const states = declaration.services.map((one) => [one.name, declaredState(one)] as const);
      return toStateJson(Object.fromEntries(states));
    });
  const model = spec.apply((known) => modelOf(known, reads));
  return {
    names: model.apply(({ services }) => services.map(({ name }) => name)),
    replicas: model.apply(severalReplicas),
    oneShots: model.apply(({ services }) =>
      services.filter(({ oneShot }) => oneShot).map(({ name }) => name),
    ),
    proxied: model.apply((known) => ({
      api: serviceWithRole(known, "api")?.name ?? "api",
      front: serviceWithRole(known, "front")?.name ?? "front",
    })),
    // The states hold no secrets.
    states: pulumi.unsecret(states),
    fingerprintKey: key,
    hidden,
  };
}

/**
 * Starts resolving the compose files in parallel with the check of the project. A failure is
 * ignored here: the call is repeated, and reported, after the project has passed the check.
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

/** Services as the files declare them; none where they cannot be read. */
async function modelOf(
  spec: DeploymentSpec,
  reads: ComposeReads,
): Promise<Pick<ComposeModel, "services">> {
  // The project resource reports faults of the spec itself.
  return await onDeployError(
    async () => await deploymentOf(spec, {}, { reads }).model(),
    () => ({ services: [] }),
  );
}

async function showPlan(
  deployment: LagoDeployment,
  how: Concealment,
  declaration: Declaration,
  parent: pulumi.Resource,
  stack: string | undefined,
) {
  const showing = async () => {
    const plan = await planOf(deployment, how, declaration);
    const asJson = process.env[PLAN_FORMAT_VARIABLE] === "json";
    await pulumi.log.info(asJson ? planLine(plan) : planText(plan, stack), parent);
    for (const risk of openRisks(plan)) {
      await pulumi.log.warn(riskText(risk, stack), parent);
    }
  };
  await onDeployError(showing, async (failure) => {
    // A preview is useful without the plan, and the engine may answer again by the next run.
    const message = `${NO_PLAN}: ${failure.message}`;
    await pulumi.log.warn(message, parent);
  });
}
