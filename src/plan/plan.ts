/** What a start would do, service by service, before anything is done. */
import type { ObservedContainer } from "../compose/observed.ts";
import type { ResolvedService } from "../compose/resolved.ts";
import { isAtLeast } from "../compose/version.ts";
import { type DataRisk, dataRisks } from "./data-risks.ts";
import { planService, type ServicePlan, type ServiceSubject, state } from "./service-plan.ts";

/** A service that is to run, without secrets. */
export interface DeclaredService extends ResolvedService {
  /** Whether it runs once and ends. */
  readonly oneShot: boolean;
}

/** What the engine has of a project, without secrets. */
export interface ObservedProject {
  readonly containers: readonly ObservedContainer[];
  /** Names of the project's volumes that hold data. */
  readonly volumes: readonly string[];
  /** Content of an image by its name; undefined where the engine does not have it. */
  readonly imageId: (name: string) => string | undefined;
  /** Names of the variables that an image sets, by its content. */
  readonly imageVariables: (imageId: string) => ReadonlySet<string> | undefined;
}

/** What a plan is made of. */
export interface PlanSubject {
  readonly project: string;
  /** Such as `2.26.1`: what becomes of dependants changed with it. */
  readonly composeVersion: string;
  readonly declared: {
    readonly services: readonly DeclaredService[];
    /** Names of the volumes, without those that the files call external. */
    readonly volumes: readonly string[];
  };
  readonly observed: ObservedProject;
  /** Services that are not declared and that a start removes. */
  readonly removable: ReadonlySet<string>;
}

/** What would happen to a deployment. */
export interface Plan {
  readonly project: string;
  /** Whether anything is to be done beside one-shots that run once more. */
  readonly changes: boolean;
  /** In the order in which compose gets to them: dependencies first; the undeclared at the end. */
  readonly services: readonly ServicePlan[];
  /** Services that are away for a moment, in that order. */
  readonly downtime: readonly string[];
  /** Where data is at stake. */
  readonly risks: readonly DataRisk[];
}

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
