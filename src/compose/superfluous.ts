import type { ComposeModel, ServiceModel } from "./model.ts";

/** A profile that nobody activates: compose ignores services that have it. */
const NEVER = "z-billing-lago-not-needed";

/** Disables services of a model: they are not started, and no service waits for them. */
export function withoutServices(model: ComposeModel, names: readonly string[]): ComposeModel {
  const gone = model.services.filter(({ name }) => names.includes(name)).map(({ name }) => name);
  if (gone.length === 0) {
    return model;
  }
  return {
    ...model,
    services: model.services
      .filter(({ name }) => !gone.includes(name))
      .map((service) => withoutDependencies(service, gone)),
    left: gone,
  };
}

/** Part of the override that disables a service. */
export const LEFT_OUT = { profiles: [NEVER] } as const;

function withoutDependencies(service: ServiceModel, gone: readonly string[]): ServiceModel {
  const { depends_on: dependencies } = service.definition;
  if (typeof dependencies !== "object" || dependencies === null) {
    return service;
  }
  const all = Object.entries(dependencies);
  const kept = all.filter(([name]) => !gone.includes(name));
  return kept.length === all.length
    ? service
    : {
        ...service,
        waitsFor: Object.fromEntries(kept),
        definition: { ...service.definition, depends_on: Object.fromEntries(kept) },
      };
}
