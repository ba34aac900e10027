import { type Concealment, concealment, concealService } from "../plan/conceal.ts";
import { fingerprintKey } from "../plan/fingerprint.ts";
import { observeProject } from "../plan/observe.ts";
import { makePlan, type Plan, type PlanSubject } from "../plan/plan.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { isRemovable } from "./orphans.ts";

/** What a deployment is to be, without secrets. */
export type Declaration = PlanSubject["declared"];

/**
 * Says what {@link deploy} would do, and touches nothing. Compose's own `--dry-run` is not asked:
 * it speaks of containers that it would leave alone.
 *
 * @param how what may be shown of values. Defaults to public ones, and fingerprints of the others
 * @throws DeployError of kind `InvalidConfig` when a variable is missing, or of the kind that
 *   docker's failure tells: an engine that cannot be asked tells nothing
 */
export async function planOf(deployment: LagoDeployment, how?: Concealment): Promise<Plan> {
  return makePlan(await planSubject(deployment, how));
}

/** What is declared, and what is there. */
export async function planSubject(
  deployment: LagoDeployment,
  how: Concealment = concealment(fingerprintKey(deployment.environment)),
): Promise<PlanSubject> {
  const { project, options } = deployment;
  const [composeVersion, declared, observed] = await Promise.all([
    deployment.composeVersion(),
    declarationOf(deployment, how),
    observeProject(project.name, how, options.signal),
  ]);
  return {
    project: project.name,
    composeVersion,
    declared,
    observed,
    removable: removableOf(declared, observed),
  };
}

/** What a start would make of the compose files and settings. */
export async function declarationOf(
  deployment: LagoDeployment,
  how: Concealment,
): Promise<Declaration> {
  const [model, { services, volumes }] = await Promise.all([
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

/** Services that have containers, are not declared, and that a start removes. */
export function removableOf(
  declared: Declaration,
  observed: PlanSubject["observed"],
): ReadonlySet<string> {
  const names = new Set(declared.services.map(({ name }) => name));
  const orphans = [...new Set(observed.containers.map(({ service }) => service))].filter(
    (name) => !names.has(name),
  );
  return new Set(isRemovable(orphans) ? orphans : []);
}
