/** Names that only the declaration, or only the engine, has. */
import type { PlanInput } from "./types.ts";

type Sides = Pick<PlanInput, "declared" | "observed">;

/** Services that have containers and are not declared. */
export function undeclaredServices({ declared, observed }: Sides): string[] {
  const known = new Set(declared.services.map(({ name }) => name));
  const found = new Set(observed.containers.map(({ service }) => service));
  return [...found].filter((name) => !known.has(name));
}

/** Declared volumes that the engine does not have. Empty for a project that was never deployed. */
export function absentVolumes({ declared, observed }: Sides): string[] {
  const isNew = observed.volumes.length === 0 && observed.containers.length === 0;
  return isNew ? [] : declared.volumes.filter((name) => !observed.volumes.includes(name));
}
