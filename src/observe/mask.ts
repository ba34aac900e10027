/**
 * Takes secrets, and what would confuse a terminal, out of what services are made of, so that the
 * rest may be kept and shown.
 */

import type { ContainerSpec } from "../compose/container-spec.ts";
import type { ResolvedService } from "../compose/resolved.ts";
import { variableByName } from "../lago/catalogue/index.ts";
import { cleanText } from "../text/clean.ts";
import type { ObservedContainer } from "./containers.ts";
import { fingerprintOf, showWith } from "./value-fingerprint.ts";

/** How secrets are taken out. Both sides of a comparison need the same. */
export interface Concealment {
  /** See `fingerprintKey`. */
  readonly key: string;
  /** Judges whether the value of a variable may be shown, unless it is known to be secret. */
  readonly isPublic: (name: string) => boolean;
}

/**
 * The way in which secrets are taken out of a deployment.
 *
 * @param hidden names of variables whose values are not to be shown, whatever is known of them
 */
export function concealment(key: string, hidden: readonly string[] = []): Concealment {
  const names = new Set(hidden);
  return { key, isPublic: (name) => variableByName(name) !== undefined && !names.has(name) };
}

/** A declared service without secrets: its hash is a fingerprint. */
export function concealService<T extends ResolvedService>(service: T, how: Concealment): T {
  return {
    ...service,
    configHash: fingerprintOf(how.key, "config hash", service.configHash),
    facts: concealFacts(service.facts, how),
  };
}

/** A container without secrets: its hash is a fingerprint. */
export function concealContainer(
  container: ObservedContainer,
  how: Concealment,
): ObservedContainer {
  return {
    ...container,
    // Labels of a container, the name of its service among them, are whatever somebody wrote.
    service: oneLine(container.service),
    configHash: fingerprintOf(how.key, "config hash", container.configHash),
    facts: concealFacts(container.facts, how),
  };
}

/** Commands, health checks and log drivers' options may quote settings too. */
function concealFacts(facts: ContainerSpec, { key, isPublic }: Concealment): ContainerSpec {
  const show = showWith(key, isPublic);
  const conceal = (part: string, text: string | undefined) =>
    text === undefined ? undefined : fingerprintOf(key, part, text);
  return {
    image: oneLine(facts.image),
    environment: Object.fromEntries(
      Object.entries(facts.environment).map(([name, value]) => [oneLine(name), show(name, value)]),
    ),
    ports: facts.ports.map(oneLine),
    mounts: facts.mounts.map(oneLine),
    memoryBytes: facts.memoryBytes,
    command: conceal("command", facts.command),
    healthCheck: conceal("health check", facts.healthCheck),
    restartPolicy: oneLine(facts.restartPolicy),
    logging: conceal("logging", facts.logging),
    restartToken: facts.restartToken === undefined ? undefined : oneLine(facts.restartToken),
  };
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}
