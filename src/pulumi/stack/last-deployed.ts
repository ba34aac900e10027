/**
 * The last declaration of a service that a deployment reached. The state of a service changes before
 * its containers do, and the deployment in between may fail.
 */
import type { ObservedContainer } from "../../observe/containers.ts";
import type { ServiceState } from "./service-state.ts";
import { sameJson } from "./wire.ts";

/** The declaration of a service, which each update of its state replaces. */
export interface Deployed {
  /** State as declared. */
  readonly declared: ServiceState;
  /** Names of the variables that this state does not show. */
  readonly hidden: readonly string[];
  /** Random text. Changes with each update of a service that differs from its declaration. */
  readonly generation: string;
}

/** An earlier declaration, and the containers that the service had then. */
export interface PreviousDeclaration extends Deployed {
  /** Ids of the containers. An id never comes back, so that these containers prove themselves. */
  readonly containers: readonly string[];
}

/** A declaration that may not be deployed yet. */
export interface Declared extends Deployed {
  /** Absent where the last update left the declaration as it was, and in states of earlier releases. */
  readonly previous?: PreviousDeclaration | undefined;
}

/**
 * Selects the declaration that the containers of a service were made of: the previous one where all
 * of them were there before the last update, and none is as that update declared it.
 */
export function lastDeployed(
  { declared, hidden, generation, previous }: Declared,
  containers: readonly Pick<ObservedContainer, "id" | "configHash">[],
): Declared {
  const isUntouched =
    containers.length > 0 &&
    declared.settings !== "" &&
    containers.every(({ id }) => previous?.containers.includes(id) === true) &&
    containers.every(({ configHash }) => configHash !== declared.settings);
  if (previous !== undefined && isUntouched) {
    const { containers: _, ...deployed } = previous;
    return deployed;
  }
  return { declared, hidden, generation, ...(previous === undefined ? {} : { previous }) };
}

/**
 * Makes the memory of the last deployed declaration for a state with another one. Empty where they
 * are the same, or where no container tells.
 */
export function memoryOf(
  { declared, hidden, generation }: Deployed,
  containers: readonly Pick<ObservedContainer, "id">[],
  next: ServiceState,
): Pick<Declared, "previous"> {
  const ids = containers.map(({ id }) => id);
  return ids.length === 0 || sameJson(declared, next)
    ? {}
    : { previous: { declared, hidden, generation, containers: ids } };
}
