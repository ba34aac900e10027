/** Fates of requests to services that a start replaces or restarts. */
import type { ObservedProject } from "../observe/observed-project.ts";
import { secondsOfStart } from "./start-times.ts";
import type { DeclaredService, Interruption, PlanInput, ServicePlan } from "./types.ts";

/** Actions that make whoever waits for the service wait. */
const STARTS: readonly ServicePlan["action"][] = [
  "created",
  "recreated",
  "restarted",
  "started",
  "runs again",
];

/**
 * Whether a start can replace a service by itself, behind a proxy: the service answers now, and
 * nothing that it needs to answer goes down.
 *
 * @param plans plans of the dependencies, by name
 */
export function isReplacedAlone(
  service: DeclaredService,
  action: ServicePlan["action"],
  { declared, observed }: PlanInput,
  plans: ReadonlyMap<string, ServicePlan>,
): boolean {
  return (
    service.updateOrder !== undefined &&
    action === "recreated" &&
    answers(observed, service.name) &&
    dependenciesOf(service, declared.services).every(({ name, oneShot }) => {
      const plan = plans.get(name);
      return oneShot || plan?.action === "stays" || isAlone(plan?.interruption);
    })
  );
}

/** Whether a service goes on to answer while its container is replaced, or has its requests held. */
export function isAlone(interruption: Interruption | undefined): boolean {
  return interruption !== undefined && interruption.how !== "down";
}

/** Tells how a service that is replaced by itself is replaced. */
export function replacementOf(
  service: DeclaredService,
  { declared, observed }: PlanInput,
): Interruption {
  // A new container beside the old one would not get the data of a volume without a name.
  const keeps = observed.containers.some(
    (one) => one.service === service.name && one.hasAnonymousVolumes === true,
  );
  return service.updateOrder === "start-first" && !keeps
    ? { how: "start first" }
    : withSeconds("held", secondsOfStart(service, declared.services, observed));
}

/** Adds the time for which each service with downtime is down, where the last start tells it. */
export function withDownSeconds(
  { declared, observed }: PlanInput,
  plans: readonly ServicePlan[],
): ServicePlan[] {
  const byName = new Map(plans.map((plan) => [plan.service, plan]));
  const services = new Map(declared.services.map((service) => [service.name, service]));
  // Compose stops everything that it replaces before it starts the first service again.
  const secondsOf = (name: string, above: readonly string[]): number | undefined => {
    const service = services.get(name);
    if (service === undefined || above.includes(name)) {
      return 0;
    }
    const waited = service.dependsOn
      .filter((one) => STARTS.includes(byName.get(one.name)?.action ?? "stays"))
      .map((one) => secondsOf(one.name, [...above, name]));
    const all = [secondsOfStart(service, declared.services, observed), ...waited];
    const known = all.filter((seconds) => seconds !== undefined);
    const [own = 0, ...others] = known;
    return known.length < all.length ? undefined : own + Math.max(0, ...others);
  };
  return plans.map((plan) =>
    plan.downtime
      ? { ...plan, interruption: withSeconds("down", secondsOf(plan.service, [])) }
      : plan,
  );
}

function withSeconds(how: Interruption["how"], seconds: number | undefined): Interruption {
  // Nothing was measured of a service that has no health check and waits for none that has one.
  return seconds === undefined || seconds === 0 ? { how } : { how, seconds };
}

function answers({ containers }: ObservedProject, name: string): boolean {
  return containers.some(
    ({ service, state, health }) =>
      service === name && state === "running" && (health === "" || health === "healthy"),
  );
}

/** All services that a service needs, also those that it needs by others. */
function dependenciesOf(
  service: DeclaredService,
  services: readonly DeclaredService[],
): DeclaredService[] {
  const found = new Map<string, DeclaredService>();
  const visit = ({ dependsOn }: DeclaredService) => {
    for (const { name } of dependsOn) {
      const dependency = services.find((one) => one.name === name);
      if (dependency !== undefined && !found.has(name)) {
        found.set(name, dependency);
        visit(dependency);
      }
    }
  };
  visit(service);
  return [...found.values()];
}
