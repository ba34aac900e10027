/** Takes the secrets out of what services are made of, so that the rest may be kept and shown. */
import type { ServiceFacts } from "../compose/facts.ts";
import type { ObservedContainer } from "../compose/observed.ts";
import type { ResolvedService } from "../compose/resolved.ts";
import { fingerprintOf, showWith } from "./fingerprint.ts";

/** How secrets are taken out. Both sides of a comparison need the same. */
export interface Concealment {
  /** See `fingerprintKey`. */
  readonly key: string;
  /** Names of variables whose values may be shown. Defaults to those known to be no secret. */
  readonly isPublic?: ((name: string) => boolean) | undefined;
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
    configHash: fingerprintOf(how.key, "config hash", container.configHash),
    facts: concealFacts(container.facts, how),
  };
}

/** Commands, health checks and log drivers' options may quote settings too. */
function concealFacts(facts: ServiceFacts, { key, isPublic }: Concealment): ServiceFacts {
  const show = showWith(key, isPublic);
  const { command, healthCheck, logging } = facts;
  const conceal = (part: string, value: unknown) => fingerprintOf(key, part, JSON.stringify(value));
  return {
    ...facts,
    environment: Object.fromEntries(
      Object.entries(facts.environment).map(([name, value]) => [name, show(name, value)]),
    ),
    command: command && [conceal("command", command)],
    healthCheck: healthCheck && {
      ...healthCheck,
      test: [conceal("health check", healthCheck.test)],
    },
    logging: logging && conceal("logging", logging),
  };
}
