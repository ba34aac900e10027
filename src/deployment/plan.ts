import { fingerprintKey, type ShowValue, showWith } from "../plan/fingerprint.ts";
import { observeProject } from "../plan/observe.ts";
import { makePlan, type Plan, type PlanSubject } from "../plan/plan.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { isRemovable } from "./orphans.ts";

/**
 * Says what {@link deploy} would do, and touches nothing. Compose's own `--dry-run` is not asked:
 * it speaks of containers that it would leave alone.
 *
 * @param show what may be shown of a variable's value. Defaults to public values and fingerprints
 * @throws DeployError of kind `InvalidConfig` when a variable is missing, or of the kind that
 *   docker's failure tells: an engine that cannot be asked tells nothing
 */
export async function planOf(deployment: LagoDeployment, show?: ShowValue): Promise<Plan> {
  return makePlan(await planSubject(deployment, show));
}

/** What is declared, and what is there. */
export async function planSubject(
  deployment: LagoDeployment,
  show: ShowValue = showWith(fingerprintKey(deployment.environment)),
): Promise<PlanSubject> {
  const { project, options } = deployment;
  const [model, declared, composeVersion, observed] = await Promise.all([
    deployment.model(),
    deployment.resolve(),
    deployment.composeVersion(),
    observeProject(project.name, options.signal),
  ]);
  const names = new Set(declared.services.map(({ name }) => name));
  const orphans = [...new Set(observed.containers.map(({ service }) => service))].filter(
    (name) => !names.has(name),
  );
  return {
    project: project.name,
    composeVersion,
    declared,
    oneShots: new Set(model.services.filter(({ oneShot }) => oneShot).map(({ name }) => name)),
    observed,
    removable: new Set(isRemovable(orphans) ? orphans : []),
    show,
  };
}
