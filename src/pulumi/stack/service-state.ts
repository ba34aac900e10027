/**
 * A service as Pulumi's state has it: as declared, or as it is found. Pulumi's own diff of the two
 * then says what an update changes, and what has drifted.
 */

import type { ContainerSpec } from "../../compose/container-spec.ts";
import type { ObservedContainer } from "../../observe/containers.ts";
import type { ObservedProject } from "../../observe/snapshot.ts";
import { driftOfService } from "../../plan/drift.ts";
import { subjectOf } from "../../plan/plan.ts";
import { isOutdated, isUp, shortImageId } from "../../plan/service-plan.ts";
import type { DeclaredService } from "../../plan/types.ts";

/** One service without secrets, flat, so that a diff of it is easy to read. */
export interface ServiceState extends ContainerSpec {
  /** Fingerprint of all that compose recreates it for. */
  readonly settings: string;
  readonly containers: number;
  /** `running` or `completed` as declared; else what it does instead. */
  readonly state: string;
  readonly oneShot: boolean;
  /** The services that it waits for, and whether it is restarted with them. */
  readonly dependsOn: Readonly<Record<string, "restarted with it" | "waits for it">>;
}

/** A service as it is declared. */
export function declaredState(service: DeclaredService): ServiceState {
  const { configHash, scale, facts, dependsOn, oneShot } = service;
  return {
    ...facts,
    settings: configHash,
    containers: scale,
    state: oneShot ? "completed" : "running",
    oneShot,
    dependsOn: Object.fromEntries(
      dependsOn.map(({ name, restart }) => [name, restart ? "restarted with it" : "waits for it"]),
    ),
  };
}

/** The declaration that {@link declaredState} made a state of. */
export function declarationOfState(name: string, declared: ServiceState): DeclaredService {
  const { settings, containers, state, oneShot, dependsOn, ...facts } = declared;
  return {
    name,
    configHash: settings,
    scale: containers,
    oneShot,
    dependsOn: Object.entries(dependsOn).map(([other, how]) => ({
      name: other,
      restart: how === "restarted with it",
    })),
    facts,
  };
}

/**
 * A service as it is found: to the letter as declared where nothing drifted, and undefined where it
 * is gone.
 */
export function observedState(
  service: DeclaredService,
  observed: ObservedProject,
): ServiceState | undefined {
  const declared = declaredState(service);
  if (driftOfService({ observed }, service).length === 0) {
    return declared;
  }
  const subject = subjectOf({ observed }, service);
  const { containers } = subject;
  if (containers.length === 0) {
    return undefined;
  }
  const outdated = containers.find((container) => isOutdated(subject, container));
  const states = containers.map((container) => stateText(container, declared.state));
  return {
    ...declared,
    ...(outdated === undefined ? {} : makingOf(service.facts, outdated, observed)),
    containers: containers.length,
    state: states.find((text) => text !== declared.state) ?? declared.state,
  };
}

function makingOf(
  declared: ContainerSpec,
  container: ObservedContainer,
  observed: ObservedProject,
) {
  const { facts, imageId, configHash } = container;
  const own = observed.imageVariables(imageId);
  const known = observed.imageId(facts.image);
  const moved = facts.image === declared.image && known !== undefined && known !== imageId;
  return {
    ...facts,
    image: moved ? `${facts.image} (${shortImageId(imageId)})` : facts.image,
    // What comes with the image was not declared either.
    environment: Object.fromEntries(
      Object.entries(facts.environment).filter(
        ([name]) => Object.hasOwn(declared.environment, name) || own?.has(name) === false,
      ),
    ),
    command: declared.command && facts.command,
    healthCheck: declared.healthCheck && facts.healthCheck,
    logging: declared.logging && facts.logging,
    settings: configHash,
  };
}

function stateText({ state, exitCode, health }: ObservedContainer, declared: string): string {
  if (state === "exited") {
    return declared === "completed" && exitCode === 0 ? declared : `exited (${exitCode})`;
  }
  if (isUp(state)) {
    return health === "unhealthy" ? "unhealthy" : declared;
  }
  return state;
}
