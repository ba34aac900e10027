import type { ComposeModel } from "../compose/model.ts";
import { followsFromDomain } from "../lago/config/domain.ts";
import { DEFAULT_DATABASE_URL, DEFAULT_REDIS_URL } from "../lago/config/fields.ts";

/** Names of the variables to hand on: defaults that name this machine mean nothing inside. */
export function namesOf(
  environment: Readonly<Record<string, string>>,
  model: ComposeModel,
): string[] {
  const filesKnowDomain = model.variables.includes("LAGO_DOMAIN");
  return (
    Object.entries(environment)
      // Files that know the domain say themselves which of their services has which address.
      .filter(([name]) => !(filesKnowDomain && followsFromDomain(name, environment)))
      // Lago reads the key of the first organization by another name, which follows from this one.
      .filter(([name]) => name !== "LAGO_API_KEY")
      .filter(([, value]) => value !== DEFAULT_DATABASE_URL && value !== DEFAULT_REDIS_URL)
      .map(([name]) => name)
      .sort()
  );
}
