/** What a start would do, service by service, before anything is done. */

import { isAtLeast } from "../docker/version.ts";
import type { ObservedProject } from "../observe/snapshot.ts";
import { dataRisks } from "./data-risks.ts";
import { planService, state } from "./service-plan.ts";
import type { DeclaredService, Plan, PlanSubject, ServicePlan, ServiceSubject } from "./types.ts";

/**
 * The first release of compose that restarts only direct dependants that ask for it when a service
 * is replaced. Older ones replace all dependants (read in the source of 2.29.2 and of 2.29.7).
 */
const RESTARTS_DEPENDANTS_SINCE = "2.29.7";

/** Compares what is declared with what is there. Pure: nothing is asked and nothing is touched. */
export function makePlan(subject: PlanSubject): Plan {
  const { declared } = subject;
  const ordered = inDependencyOrder(declared.services);
  const own = new Map(
    ordered.map((service) => [service.name, planService(subjectOf(subject, service))]),
  );
  const services = withDependencies(subject, ordered, own);
  const others = undeclaredServices(subject).map(
    (service): ServicePlan => ({
      service,
      action: subject.removable.has(service) ? "removed" : "left alone",
      reasons: [state("it is not declared")],
      downtime: false,
    }),
  );
  const all = [...services, ...others];
  return {
    project: subject.project,
    changes: all.some(({ action }) => !["stays", "runs again", "left alone"].includes(action)),
    services: all,
    downtime: all.filter(({ downtime }) => downtime).map(({ service }) => service),
    risks: dataRisks(subject, all),
  };
}

/** Services that have containers and are not declared. */
export function undeclaredServices({
  declared,
  observed,
}: Pick<PlanSubject, "declared" | "observed">): string[] {
  const known = new Set(declared.services.map(({ name }) => name));
  const found = new Set(observed.containers.map(({ service }) => service));
  return [...found].filter((name) => !known.has(name));
}

/** What the judgement of one service of a project needs. */
export function subjectOf(
  { observed }: Pick<PlanSubject, "observed">,
  declared: DeclaredService,
): ServiceSubject {
  return {
    declared,
    containers: observed.containers.filter(({ service }) => service === declared.name),
    imageId: observed.imageId(declared.facts.image),
    imageVariables: observed.imageVariables,
  };
}

/** What happens to services because of what happens to those that they depend on. */
function withDependencies(
  { composeVersion, observed }: PlanSubject,
  ordered: readonly DeclaredService[],
  own: ReadonlyMap<string, ServicePlan>,
): ServicePlan[] {
  const restartsOnly = isAtLeast(composeVersion, RESTARTS_DEPENDANTS_SINCE);
  const plans = new Map<string, ServicePlan>();
  for (const service of ordered) {
    const plan = own.get(service.name) as ServicePlan;
    const replaced = service.dependsOn.filter(
      ({ name, restart }) => plans.get(name)?.action === "recreated" && (restart || !restartsOnly),
    );
    const isNewAnyway = ["created", "recreated"].includes(plan.action);
    const isThere = observed.containers.some(({ service: name }) => name === service.name);
    plans.set(
      service.name,
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
              state(
                `${replaced.map(({ name }) => name).join(" and ")} ${replaced.length === 1 ? "is" : "are"} replaced`,
              ),
            ],
            downtime: plan.downtime || isRunning(observed, service.name),
          },
    );
  }
  return [...plans.values()];
}

function isRunning({ containers }: ObservedProject, name: string): boolean {
  return containers.some(({ service, state: now }) => service === name && now === "running");
}

/** Dependencies before those that wait for them, otherwise by name. */
function inDependencyOrder(services: readonly DeclaredService[]): DeclaredService[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered = new Map<string, DeclaredService>();
  const visit = (service: DeclaredService, above: ReadonlySet<string>) => {
    // Compose refuses a circle; here it must only end.
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
