/**
 * State of a service resource, as declared or as found. Pulumi's own diff of the two shows what an
 * update changes and what has drifted.
 */
import type { ContainerSpec } from "../../compose/container-spec.ts";
import type { ObservedContainer } from "../../observe/containers.ts";
import type { ObservedProject } from "../../observe/observed-project.ts";
import { containerFault, driftOfService } from "../../plan/drift.ts";
import { isOutdated, servicePlanInput, shortImageId } from "../../plan/service-plan.ts";
import type { DeclaredService, Drift } from "../../plan/types.ts";

/** State of one service: flat, so that its diff is easy to read. No secrets. */
export interface ServiceState extends ContainerSpec {
  /** Fingerprint of everything that compose recreates the service for. */
  readonly settings: string;
  readonly containers: number;
  /** Declared: `running` or `completed`. Found: the same, `unhealthy`, or docker's word with the exit code. */
  readonly state: string;
  readonly oneShot: boolean;
  /** Names of the services that must be up first, and whether they restart this one. */
  readonly dependsOn: Readonly<Record<string, "restarted with it" | "waits for it">>;
}

/** Names of the fields of a service's state. The type admits no omission. */
const FIELDS: Readonly<Record<keyof ServiceState, true>> = {
  image: true,
  environment: true,
  ports: true,
  mounts: true,
  memoryBytes: true,
  command: true,
  healthCheck: true,
  restartPolicy: true,
  logging: true,
  restartToken: true,
  settings: true,
  containers: true,
  state: true,
  oneShot: true,
  dependsOn: true,
};

/** Names of the fields of a service's state. */
export const SERVICE_STATE_FIELDS = Object.keys(FIELDS) as readonly (keyof ServiceState)[];

/** Selects the state of a service from the inputs or outputs of its resource. */
export function serviceStateIn(fields: Partial<ServiceState>): ServiceState {
  const own = SERVICE_STATE_FIELDS.filter((field) => Object.hasOwn(fields, field));
  return Object.fromEntries(own.map((field) => [field, fields[field]])) as unknown as ServiceState;
}

/** Makes the state of a declared service. */
export function declaredState(service: DeclaredService): ServiceState {
  const { configHash, scale, spec, dependsOn, oneShot } = service;
  return {
    ...spec,
    settings: configHash,
    containers: scale,
    state: oneShot ? "completed" : "running",
    oneShot,
    dependsOn: Object.fromEntries(
      dependsOn.map(({ name, restart }) => [name, restart ? "restarted with it" : "waits for it"]),
    ),
  };
}

/** Restores the declaration that {@link declaredState} made a state of. */
export function declarationOfState(name: string, declared: ServiceState): DeclaredService {
  const { settings, containers, state, oneShot, dependsOn, ...spec } = declared;
  return {
    name,
    configHash: settings,
    scale: containers,
    oneShot,
    dependsOn: Object.entries(dependsOn).map(([other, how]) => ({
      name: other,
      restart: how === "restarted with it",
    })),
    spec,
  };
}

/** A service as found on the engine. */
export interface ObservedService {
  /** Equal to the declared state where nothing drifted. */
  readonly state: ServiceState;
  readonly drift: readonly Drift[];
}

/** Compares a service with its containers. Returns undefined for a service that has none any more. */
export function observeService(
  service: DeclaredService,
  observed: ObservedProject,
): ObservedService | undefined {
  const declared = declaredState(service);
  const drift = driftOfService({ observed }, service);
  if (drift.length === 0) {
    return { state: declared, drift };
  }
  const input = servicePlanInput(observed, service);
  const { containers } = input;
  if (containers.length === 0) {
    return undefined;
  }
  const outdated = containers.find((container) => isOutdated(input, container));
  const states = containers.map((container) => stateText(container, declared));
  const state = {
    ...declared,
    ...(outdated === undefined ? {} : foundSettings(service.spec, outdated, observed)),
    containers: containers.length,
    state: states.find((text) => text !== declared.state) ?? declared.state,
  };
  return { state, drift };
}

function foundSettings(
  declared: ContainerSpec,
  container: ObservedContainer,
  observed: ObservedProject,
) {
  const { spec, imageId, configHash } = container;
  const own = observed.imageVariables(imageId);
  const known = observed.imageId(spec.image);
  const moved = spec.image === declared.image && known !== undefined && known !== imageId;
  return {
    ...spec,
    image: moved ? `${spec.image} (${shortImageId(imageId)})` : spec.image,
    // Variables of the image were not declared either.
    environment: Object.fromEntries(
      Object.entries(spec.environment).filter(
        ([name]) => Object.hasOwn(declared.environment, name) || own?.has(name) === false,
      ),
    ),
    command: declared.command && spec.command,
    healthCheck: declared.healthCheck && spec.healthCheck,
    logging: declared.logging && spec.logging,
    settings: configHash,
  };
}

function stateText(container: ObservedContainer, declared: ServiceState): string {
  const { state, exitCode } = container;
  switch (containerFault(container, declared.oneShot)) {
    case undefined:
      return declared.state;
    case "unhealthy":
      return "unhealthy";
    case "exited":
      return state === "exited" ? `exited (${exitCode})` : state;
  }
}
