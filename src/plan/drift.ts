/** Drift: how a running deployment differs from its declaration. Nothing else judges that. */

import type { ObservedContainer } from "../observe/containers.ts";
import { type Difference, differenceText } from "./differences.ts";
import { containerDifferences, isOutdated, isUp, servicePlanInput } from "./service-plan.ts";
import { whyText } from "./text.ts";
import type { DeclaredService, Drift, DriftInput } from "./types.ts";
import { absentVolumes, undeclaredServices } from "./unmatched.ts";

/** Finds all drift of a deployment. Pure. */
export function driftOf(input: DriftInput): Drift[] {
  return [
    ...input.declared.services.flatMap((service) => driftOfService(input, service)),
    ...driftOfProject(input),
  ];
}

/** Finds drift that no declared service has: undeclared services and missing volumes. */
export function driftOfProject(input: DriftInput): Drift[] {
  return [
    ...undeclaredServices(input).map(
      (name): Drift => ({
        kind: "orphan",
        subject: name,
        message: `${name} is in project ${input.project} and is not declared`,
      }),
    ),
    ...absentVolumes(input).map(
      (name): Drift => ({
        kind: "volume",
        subject: name,
        message: `volume ${name} does not exist`,
      }),
    ),
  ];
}

/** Finds how the containers of a service differ from its declaration. */
export function driftOfService(
  { observed }: Pick<DriftInput, "observed">,
  declared: DeclaredService,
): Drift[] {
  const { name, scale, oneShot } = declared;
  const input = servicePlanInput(observed, declared);
  const { containers } = input;
  // A one-shot that is done may be gone: cleaning up a host removes it.
  const isCleanedUp = oneShot && containers.length === 0;
  if (containers.length < scale && !isCleanedUp) {
    return [missingService(name, containers.length, scale)];
  }
  const surplus: Drift[] =
    containers.length > scale
      ? [
          {
            kind: "orphan",
            subject: name,
            message: `${name} has too many containers: ${containers.length} instead of ${scale}`,
          },
        ]
      : [];
  if (scale === 0) {
    return surplus;
  }
  const states = containers.flatMap((container) => driftOfState(container, oneShot));
  const outdated = containers.find((container) => isOutdated(input, container));
  return [
    ...surplus,
    ...states,
    ...(outdated === undefined ? [] : driftOfSettings(name, containerDifferences(input, outdated))),
  ];
}

/**
 * Drift of a service that lacks containers.
 *
 * @param count number of containers that exist
 * @param scale number of containers that are declared
 */
export function missingService(name: string, count = 0, scale = 1): Drift {
  const message =
    count === 0 ? `${name} is missing` : `${name} has ${count} of ${scale} containers`;
  return { kind: "missing", subject: name, message };
}

/** Tells whether a container fails to do its work, by kind of drift; undefined for a good one. */
export function containerFault(
  { state, exitCode, health, mayEnd = false }: ObservedContainer,
  oneShot: boolean,
): "exited" | "unhealthy" | undefined {
  if (isUp(state)) {
    return health === "unhealthy" ? "unhealthy" : undefined;
  }
  const isDone = state === "exited" && exitCode === 0 && (oneShot || mayEnd);
  // A one-shot that compose only created is still to run.
  return isDone || (oneShot && state !== "exited") ? undefined : "exited";
}

function driftOfState(container: ObservedContainer, oneShot: boolean): Drift[] {
  const { service: subject, state, exitCode } = container;
  const kind = containerFault(container, oneShot);
  switch (kind) {
    case undefined:
      return [];
    case "unhealthy":
      return [{ kind, subject, message: `${subject} is unhealthy` }];
    case "exited":
      return state === "exited"
        ? [{ kind, subject, message: `${subject} has ended with exit code ${exitCode}`, exitCode }]
        : [{ kind, subject, message: `${subject} is ${state}` }];
  }
}

function driftOfSettings(subject: string, differences: readonly Difference[]): Drift[] {
  const rest: Difference[] = [];
  const named: Drift[] = [];
  for (const difference of differences) {
    switch (difference.part) {
      case "image": {
        const isSameName = withoutTag(difference.from) === withoutTag(difference.to);
        const message = `${subject} runs ${difference.from}, and ${difference.to} is declared`;
        named.push({ kind: isSameName ? "version" : "image", subject, message });
        break;
      }
      case "image content":
        named.push({
          kind: "image",
          subject,
          message: `${subject}: ${differenceText(difference)}`,
        });
        break;
      case "ports": {
        const message = `${subject}: ${whyText([difference])} (running -> declared)`;
        named.push({ kind: "port", subject, message });
        break;
      }
      default:
        rest.push(difference);
    }
  }
  return rest.length === 0
    ? named
    : [
        ...named,
        {
          kind: "configuration",
          subject,
          message: `${subject} runs with other settings (running -> declared): ${whyText(rest)}`,
        },
      ];
}

/** The name of an image without its tag and digest. */
function withoutTag(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
}
