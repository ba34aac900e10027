/**
 * Removes secrets and control characters from containers and services, so that the rest may be kept
 * and shown.
 */

import type { ContainerSpec } from "../compose/container-spec.ts";
import type { ResolvedService } from "../compose/resolved.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import { cleanText } from "../text/clean.ts";
import type { ObservedContainer } from "./containers.ts";
import { fingerprintOf, showWith } from "./value-fingerprint.ts";

/** Way of removing secrets. Both sides of a comparison need the same one. */
export interface Concealment {
  /** Key of the fingerprints; see `fingerprintKey`. */
  readonly key: string;
  /** Judges whether the value of a variable may be shown, unless it is known to be secret. */
  readonly isPublic: (name: string) => boolean;
}

/**
 * Makes the way of removing secrets for a deployment.
 *
 * @param hidden names of variables whose values are never shown
 */
export function concealment(key: string, hidden: readonly string[] = []): Concealment {
  const names = new Set(hidden);
  return { key, isPublic: (name) => variableByName(name) !== undefined && !names.has(name) };
}

/** Copies a declared service without secrets. Its hash becomes a fingerprint. */
export function concealService<T extends ResolvedService>(service: T, how: Concealment): T {
  return {
    ...service,
    configHash:
      service.configHash === "" ? "" : fingerprintOf(how.key, "config hash", service.configHash),
    spec: concealSpec(service.spec, how),
  };
}

/** Copies a container without secrets. Its hash becomes a fingerprint. */
export function concealContainer(
  container: ObservedContainer,
  how: Concealment,
): ObservedContainer {
  return {
    ...container,
    // Anybody may have written the labels of a container, the name of its service among them.
    service: oneLine(container.service),
    configHash: fingerprintOf(how.key, "config hash", container.configHash),
    spec: concealSpec(container.spec, how),
  };
}

/**
 * Hides commands, health checks and options of log drivers as well, since they may quote settings.
 */
function concealSpec(spec: ContainerSpec, { key, isPublic }: Concealment): ContainerSpec {
  const show = showWith(key, isPublic);
  const conceal = (part: string, text: string | undefined) =>
    text === undefined ? undefined : fingerprintOf(key, part, text);
  return {
    image: oneLine(spec.image),
    environment: Object.fromEntries(
      Object.entries(spec.environment).map(([name, value]) => [oneLine(name), show(name, value)]),
    ),
    ports: spec.ports.map(oneLine),
    mounts: spec.mounts.map(oneLine),
    memoryBytes: spec.memoryBytes,
    command: conceal("command", spec.command),
    healthCheck: conceal("health check", spec.healthCheck),
    restartPolicy: oneLine(spec.restartPolicy),
    logging: conceal("logging", spec.logging),
    restartToken: spec.restartToken === undefined ? undefined : oneLine(spec.restartToken),
  };
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}
