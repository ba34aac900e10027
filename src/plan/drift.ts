/** How a running deployment differs from its declaration, by kind. */

import type { ObservedContainer } from "../observe/containers.ts";
import { missingVolumes } from "./data-risks.ts";
import { type Difference, differenceText } from "./differences.ts";
import { subjectOf, undeclaredServices } from "./plan.ts";
import { isOutdated, isUp, reasonsOf } from "./service-plan.ts";
import { whyText } from "./text.ts";
import type { DeclaredService, PlanSubject } from "./types.ts";

/** The ways in which a deployment drifts. */
export const DRIFT_KINDS = [
  /** A service has no container, or fewer than declared. */
  "missing",
  /** A service that is to run does not; see `exitCode`. A one-shot ended with another code than 0. */
  "exited",
  /** It runs and its health check fails. */
  "unhealthy",
  /** Its container was made of other settings than declared. */
  "configuration",
  /** Its container was made of another image. */
  "image",
  /** Another release of the declared image runs. */
  "version",
  /** It is published elsewhere. */
  "port",
  /** It has a container in the project and is not declared, or has more of them than declared. */
  "orphan",
  /** A declared volume does not exist. */
  "volume",
] as const;

/** One of {@link DRIFT_KINDS}. */
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One thing that differs. */
export interface Drift {
  readonly kind: DriftKind;
  /** Name of the service; of the volume for the kind `volume`. */
  readonly subject: string;
  /** One line for a person, without secrets. */
  readonly message: string;
  /** Of the kind `exited`: the exit code, where it has one. */
  readonly exitCode?: number;
}

/** What drift is judged by. */
export type DriftSubject = Pick<PlanSubject, "project" | "declared" | "observed">;

/** Finds all drift. Pure. */
export function driftOf(subject: DriftSubject): Drift[] {
  return [
    ...subject.declared.services.flatMap((service) => driftOfService(subject, service)),
    ...undeclaredServices(subject).map(
      (name): Drift => ({
        kind: "orphan",
        subject: name,
        message: `${name} is in project ${subject.project} and is not declared`,
      }),
    ),
    ...missingVolumes(subject).map(
      (name): Drift => ({
        kind: "volume",
        subject: name,
        message: `volume ${name} does not exist`,
      }),
    ),
  ];
}

/** How the containers of one service differ from its declaration. */
export function driftOfService(
  subject: Pick<DriftSubject, "observed">,
  declared: DeclaredService,
): Drift[] {
  const { name, scale, oneShot } = declared;
  const own = subjectOf(subject, declared);
  const { containers } = own;
  if (containers.length < scale && !(oneShot && containers.length === 0)) {
    // A one-shot that is done may be gone: cleaning up a host removes it.
    const message =
      containers.length === 0
        ? `${name} is missing`
        : `${name} has ${containers.length} of ${scale} containers`;
    return [{ kind: "missing", subject: name, message }];
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
  const outdated = containers.find((container) => isOutdated(own, container));
  return [
    ...surplus,
    ...states,
    ...(outdated === undefined ? [] : driftOfMaking(name, reasonsOf(own, outdated))),
  ];
}

function driftOfState(container: ObservedContainer, oneShot: boolean): Drift[] {
  const { service: subject, state, exitCode, health } = container;
  if (state === "exited") {
    const message = `${subject} has ended with exit code ${exitCode}`;
    return oneShot && exitCode === 0 ? [] : [{ kind: "exited", subject, message, exitCode }];
  }
  if (!isUp(state)) {
    // One that is being made, or that compose left half made, has never run.
    return oneShot ? [] : [{ kind: "exited", subject, message: `${subject} is ${state}` }];
  }
  return health === "unhealthy"
    ? [{ kind: "unhealthy", subject, message: `${subject} is unhealthy` }]
    : [];
}

function driftOfMaking(subject: string, differences: readonly Difference[]): Drift[] {
  const rest: Difference[] = [];
  const named: Drift[] = [];
  for (const difference of differences) {
    switch (difference.part) {
      case "image": {
        const kind = nameOf(difference.from) === nameOf(difference.to) ? "version" : "image";
        const message = `${subject} runs ${difference.from}, and ${difference.to} is declared`;
        named.push({ kind, subject, message });
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

/** An image without its tag and digest. */
function nameOf(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
}
