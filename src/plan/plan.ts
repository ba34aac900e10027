/** The plan of a start: its effect on each service. */

import { isAtLeast } from "../docker/version.ts";
import type { ObservedProject } from "../observe/observed-project.ts";
import { dataRisks } from "./data-risks.ts";
import { driftOfProject } from "./drift.ts";
import { isAlone, isReplacedAlone, replacementOf, withDownSeconds } from "./interruptions.ts";
import { planService, servicePlanInput, stateReason } from "./service-plan.ts";
import type { DeclaredService, Plan, PlanInput, ServicePlan } from "./types.ts";
import { undeclaredServices } from "./unmatched.ts";

/**
 * First release of compose that restarts only direct dependants with `restart: true` when it replaces
 * a service. Older ones replace all dependants (read in the source of 2.29.2 and of 2.29.7).
 */
const RESTARTS_DEPENDANTS_SINCE = "2.29.7";

/** Compares a declaration with the engine's containers and volumes. Pure. */
export function makePlan(input: PlanInput): Plan {
  const { declared, observed } = input;
  const ordered = inDependencyOrder(declared.services);
  const own = new Map(
    ordered.map((service) => [service.name, planService(servicePlanInput(observed, service))]),
  );
  const services = withDownSeconds(input, withDependencies(input, ordered, own));
  const others = undeclaredServices(input).map(
    (service): ServicePlan => ({
      service,
      action: input.removable.has(service) ? "removed" : "left alone",
      reasons: [stateReason("it is not declared")],
      downtime: false,
    }),
  );
  const all = [...services, ...others];
  return {
    project: input.project,
    changes: all.some(({ action }) => !["stays", "runs again", "left alone"].includes(action)),
    services: all,
    downtime: all.filter(({ downtime }) => downtime).map(({ service }) => service),
    risks: dataRisks(input, all),
    projectDrift: driftOfProject(input),
  };
}

/** Adds the effects that replaced dependencies have on the services that depend on them. */
function withDependencies(
  input: PlanInput,
  ordered: readonly DeclaredService[],
  own: ReadonlyMap<string, ServicePlan>,
): ServicePlan[] {
  const { composeVersion, observed } = input;
  const restartsOnly = isAtLeast(composeVersion, RESTARTS_DEPENDANTS_SINCE);
  const plans = new Map<string, ServicePlan>();
  for (const service of ordered) {
    const plan = own.get(service.name) as ServicePlan;
    const replaced = service.dependsOn.filter(({ name, restart }) => {
      const dependency = plans.get(name);
      // One that is replaced by itself is replaced without those that depend on it.
      const isReplaced = dependency?.action === "recreated" && !isAlone(dependency.interruption);
      return isReplaced && (restart || !restartsOnly);
    });
    const isNewAnyway = ["created", "recreated"].includes(plan.action);
    const isThere = observed.containers.some(({ service: name }) => name === service.name);
    const all: ServicePlan =
      replaced.length === 0 || isNewAnyway || !isThere
        ? plan
        : {
            ...plan,
            action: restartsOnly
              ? plan.action === "stays"
                ? "restarted"
                : plan.action
              : "recreated",
            reasons: [
              ...plan.reasons,
              stateReason(
                `${replaced.map(({ name }) => name).join(" and ")} ${replaced.length === 1 ? "is" : "are"} replaced`,
              ),
            ],
            downtime: plan.downtime || isRunning(observed, service.name),
          };
    plans.set(
      service.name,
      isReplacedAlone(service, all.action, input, plans)
        ? { ...all, downtime: false, interruption: replacementOf(service, input) }
        : all,
    );
  }
  return [...plans.values()];
}

function isRunning({ containers }: ObservedProject, name: string): boolean {
  return containers.some(({ service, state: now }) => service === name && now === "running");
}

/** Sorts services: dependencies first, otherwise by name. */
function inDependencyOrder(services: readonly DeclaredService[]): DeclaredService[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered = new Map<string, DeclaredService>();
  const visit = (service: DeclaredService, above: ReadonlySet<string>) => {
    // Compose refuses a circle of dependencies; this walk only has to end.
    if (ordered.has(service.name) || above.has(service.name)) {
      return;
    }
    for (const { name } of service.dependsOn) {
      const dependency = byName.get(name);
      if (dependency !== undefined) {
        visit(dependency, new Set([...above, service.name]));
      }
    }
    ordered.set(service.name, service);
  };
  for (const service of services) {
    visit(service, new Set());
  }
  return [...ordered.values()];
}
