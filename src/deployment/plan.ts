import { type Concealment, concealment, concealService } from "../observe/conceal.ts";
import { observedProject } from "../observe/observed-project.ts";
import { takeSnapshot } from "../observe/snapshot.ts";
import { fingerprintKey } from "../observe/value-fingerprint.ts";
import { acceptedRisks } from "../plan/accepted-risks.ts";
import { makePlan } from "../plan/plan.ts";
import type { Plan, PlanInput } from "../plan/types.ts";
import { undeclaredServices } from "../plan/unmatched.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { isRemovable } from "./orphans.ts";

/** Declared services and volumes of a deployment, without secrets. */
export type Declaration = PlanInput["declared"];

/**
 * Plans the effect of {@link deploy}, and changes nothing. Compose's own `--dry-run` is of no use
 * here: it lists containers that it would leave alone.
 *
 * @param how rules for showing values. Defaults to public values, and fingerprints of the others
 * @param declaration the deployment's declaration, where it is known. Defaults to reading it
 * @throws DeployError of kind `InvalidConfig` when a variable is missing, or of the kind that
 *   docker's failure tells, also when the engine does not answer
 */
export async function planOf(
  deployment: LagoDeployment,
  how?: Concealment,
  declaration?: Declaration,
): Promise<Plan> {
  return makePlan(await planInput(deployment, how, declaration));
}

/**
 * Reads the declaration and the present state of a deployment. Parameters and errors are those of
 * {@link planOf}.
 */
export async function planInput(
  deployment: LagoDeployment,
  how: Concealment = concealment(fingerprintKey(deployment.environment)),
  declaration?: Declaration,
): Promise<PlanInput> {
  const { project, options } = deployment;
  const [composeVersion, declared, snapshot] = await allSettledOrThrow([
    deployment.composeVersion(),
    declaration ?? declarationOf(deployment, how),
    takeSnapshot(project.name, project.engine, options.signal),
  ]);
  const observed = observedProject(snapshot, how);
  const undeclared = undeclaredServices({ declared, observed });
  return {
    project: project.name,
    composeVersion,
    declared,
    observed,
    removable: new Set(isRemovable(undeclared) ? undeclared : []),
    acceptedRisks: acceptedRisks(options),
  };
}

/**
 * Reads the declaration that follows from the compose files and settings.
 *
 * @throws DeployError of the kinds that {@link LagoDeployment.resolve} throws
 */
export async function declarationOf(
  deployment: LagoDeployment,
  how: Concealment,
): Promise<Declaration> {
  const [model, { services, volumes }] = await allSettledOrThrow([
    deployment.model(),
    deployment.resolve(),
  ]);
  const models = new Map(model.services.map((service) => [service.name, service]));
  return {
    services: services.map((service) => ({
      ...concealService(service, how),
      oneShot: models.get(service.name)?.oneShot === true,
      updateOrder: models.get(service.name)?.updateOrder,
    })),
    volumes,
  };
}
