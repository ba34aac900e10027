import { type Concealment, concealment, concealService } from "../observe/mask.ts";
import { lookAt } from "../observe/snapshot.ts";
import { fingerprintKey } from "../observe/value-fingerprint.ts";
import { makePlan } from "../plan/plan.ts";
import type { Plan, PlanInput } from "../plan/types.ts";
import { undeclaredServices } from "../plan/unmatched.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { isRemovable } from "./orphans.ts";

/** What a deployment is to be, without secrets. */
export type Declaration = PlanInput["declared"];

/**
 * Says what {@link deploy} would do, and touches nothing. Compose's own `--dry-run` is not asked:
 * it speaks of containers that it would leave alone.
 *
 * @param how what may be shown of values. Defaults to public ones, and fingerprints of the others
 * @param declaration what the deployment is to be, where that is known. Defaults to being asked for
 * @throws DeployError of kind `InvalidConfig` when a variable is missing, or of the kind that
 *   docker's failure tells: an engine that cannot be asked tells nothing
 */
export async function planOf(
  deployment: LagoDeployment,
  how?: Concealment,
  declaration?: Declaration,
): Promise<Plan> {
  return makePlan(await planInput(deployment, how, declaration));
}

/**
 * What is declared, and what is there. Parameters and errors are those of {@link planOf}.
 */
export async function planInput(
  deployment: LagoDeployment,
  how: Concealment = concealment(fingerprintKey(deployment.environment)),
  declaration?: Declaration,
): Promise<PlanInput> {
  const { project, options } = deployment;
  const [composeVersion, declared, look] = await allSettledOrThrow([
    deployment.composeVersion(),
    declaration ?? declarationOf(deployment, how),
    lookAt(project.name, project.engine, options.signal),
  ]);
  const observed = look.conceal(how);
  const undeclared = undeclaredServices({ declared, observed });
  return {
    project: project.name,
    composeVersion,
    declared,
    observed,
    removable: new Set(isRemovable(undeclared) ? undeclared : []),
  };
}

/**
 * What a start would make of the compose files and settings.
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
  const oneShots = new Set(model.services.filter(({ oneShot }) => oneShot).map(({ name }) => name));
  return {
    services: services.map((service) => ({
      ...concealService(service, how),
      oneShot: oneShots.has(service.name),
    })),
    volumes,
  };
}
