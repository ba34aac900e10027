import { type LagoVariable, VARIABLES, variableByName } from "../../lago/catalogue/index.ts";
import type { Check } from "../check.ts";
import type { CheckContext, Service } from "../check-context.ts";
import { type OwnValue, type Reach, reachOf, readers } from "../reach.ts";
import { isNewer } from "../releases.ts";
import type { Fault } from "../types.ts";

/** Checks of how the files pass variables on, which the override of a deployment does by itself. */
export const PASSED_ON_CHECKS: readonly Check[] = [
  {
    id: "dead-variable",
    finds: "variables of Lago that the compose file passes to no service",
    only: "lint",
    run: (context) => judged(context).flatMap(deadFaults),
  },
  {
    id: "overruled-variable",
    finds: "variables that are set, and in whose place the compose file has a value of its own",
    only: "lint",
    run: (context) =>
      judged(context)
        .filter((one) => !leadsElsewhere(one))
        .flatMap((one) => overruledFaults(one, "warning")),
  },
  {
    id: "partly-passed",
    finds: "variables that the compose file passes to some of the services that read them",
    only: "lint",
    run: (context) =>
      judged(context)
        .filter(hasPartly)
        .map(({ variable, isGiven, services, reaches }) => {
          const missed = services.filter((_, index) => reaches[index]?.kind === "absent");
          return {
            field: variable.name,
            severity: "warning",
            reason: `does not reach ${missed.map(({ name }) => name).join(", ")}, where Lago reads it too`,
            remedy: "add it to the environment there; deployments by z-billing-lago do so",
            ...(isGiven ? {} : { isMinor: true }),
          };
        }),
  },
];

/** A variable, and how it reaches the services that read it. */
interface Judged {
  readonly variable: LagoVariable;
  readonly isGiven: boolean;
  readonly services: readonly Service[];
  /** One for each of the services. */
  readonly reaches: readonly Reach[];
}

/**
 * Judges the variables that could be meant: none that another check reports, or that only another
 * kind of file reads.
 */
function judged(context: CheckContext): readonly Judged[] {
  return VARIABLES.filter(({ name, scope, roles, since, instead, effect }) => {
    const given = context.isGiven(name);
    const isMeant = scope === undefined && instead === undefined;
    const isNamedElsewhere = effect === "never" || (given && isNewer(since, context.release));
    return (given || isMeant) && !isNamedElsewhere && !roles.every((role) => role === "compose");
  }).map((variable) => {
    const isGiven = context.isGiven(variable.name);
    const given = isGiven ? context.variables[variable.name] : undefined;
    const services = readers(variable, context.services);
    const reaches = services.map((service) => reachOf(variable, service, given));
    return { variable, isGiven, services, reaches };
  });
}

function ownValues({ reaches }: Judged): OwnValue[] {
  return reaches.filter((one): one is OwnValue => one.kind === "own");
}

/** Values of the files that count instead of another one that a person set. */
function overruling(one: Judged): OwnValue[] {
  return one.isGiven ? ownValues(one).filter(({ isSame }) => !isSame) : [];
}

function isPassed({ reaches }: Judged): boolean {
  return reaches.some(({ kind }) => kind === "passed");
}

/**
 * Whether a value that is set reaches no service, and the files make theirs of other settings of
 * Lago: Lago would go elsewhere than the person thinks.
 */
function leadsElsewhere(one: Judged): boolean {
  const isLagos = (name: string) => variableByName(name) !== undefined;
  return !isPassed(one) && overruling(one).some(({ madeOf }) => madeOf.some(isLagos));
}

/** Whether the variable's value reaches some services, and is missing in others. */
function hasPartly(one: Judged): boolean {
  const isReached = isPassed(one) || (one.isGiven && ownValues(one).some(({ isSame }) => isSame));
  return isReached && one.reaches.some(({ kind }) => kind === "absent");
}

function deadFaults(one: Judged): Fault[] {
  const { variable, isGiven, services } = one;
  if (leadsElsewhere(one)) {
    return overruledFaults(one, "error");
  }
  if (isPassed(one) || (isGiven && (overruling(one).length > 0 || hasPartly(one)))) {
    return [];
  }
  const { name, instead } = variable;
  const fault: Fault = {
    field: name,
    severity: "warning",
    reason: "has no effect with this compose file, which passes it to no service",
    remedy:
      instead === undefined
        ? "add it to the environment of the services that read it; deployments by z-billing-lago do so"
        : `set ${instead} instead`,
  };
  // Files without a reader may be a part of a deployment, which shares its settings with the others.
  const isError = isGiven && services.length > 0 && ownValues(one).length === 0;
  return [isError ? { ...fault, severity: "error" } : { ...fault, isMinor: true }];
}

/** Names a variable that is set in vain, and the value of the files. */
function overruledFaults(one: Judged, severity: Fault["severity"]): Fault[] {
  const [first, ...others] = overruling(one);
  if (first === undefined) {
    return [];
  }
  const { name } = one.variable;
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const madeOf = first.madeOf.length === 0 ? "" : `, which comes from ${first.madeOf.join(", ")}`;
  return [
    {
      field: name,
      severity,
      reason: `has no effect at ${first.place}${more}, where the file has another value of its own${madeOf}`,
      remedy: `write \${${name}} there, or remove ${name} from the settings`,
    },
  ];
}
