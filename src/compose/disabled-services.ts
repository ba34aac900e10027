import type { ComposeModel, ServiceModel } from "./model.ts";

/** A profile that nobody activates: compose ignores services that have it. */
const NEVER = "z-billing-lago-not-needed";

/** Disables services of a model: they are not started, and no service waits for them. */
export function disableServices(model: ComposeModel, names: readonly string[]): ComposeModel {
  const disabled = model.services
    .filter(({ name }) => names.includes(name))
    .map(({ name }) => name);
  if (disabled.length === 0) {
    return model;
  }
  return {
    ...model,
    services: model.services
      .filter(({ name }) => !disabled.includes(name))
      .map((service) => withoutDependencies(service, disabled)),
    disabledServices: disabled,
  };
}

/** Part of the override that disables a service. */
export const DISABLED = { profiles: [NEVER] } as const;

function withoutDependencies(service: ServiceModel, disabled: readonly string[]): ServiceModel {
  const { depends_on: dependencies } = service.definition;
  if (typeof dependencies !== "object" || dependencies === null) {
    return service;
  }
  const all = Object.entries(dependencies);
  const kept = all.filter(([name]) => !disabled.includes(name));
  return kept.length === all.length
    ? service
    : {
        ...service,
        waitsFor: Object.fromEntries(kept),
        definition: { ...service.definition, depends_on: Object.fromEntries(kept) },
      };
}
