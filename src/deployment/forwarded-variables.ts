import type { ComposeModel } from "../compose/model.ts";
import { followsFromDomain } from "../lago/config/domain.ts";
import { DEFAULT_DATABASE_URL, DEFAULT_REDIS_URL } from "../lago/config/fields.ts";

/**
 * Names of the variables to pass on. Defaults that name this machine mean nothing in a container.
 */
export function forwardedVariableNames(
  environment: Readonly<Record<string, string>>,
  model: ComposeModel,
): string[] {
  const filesKnowDomain = model.variables.includes("LAGO_DOMAIN");
  return (
    Object.entries(environment)
      // Files that know the domain give each of their services its address themselves.
      .filter(([name]) => !(filesKnowDomain && followsFromDomain(name, environment)))
      // Lago reads the key of the first organization from another variable, derived from this one.
      .filter(([name]) => name !== "LAGO_API_KEY")
      .filter(([, value]) => value !== DEFAULT_DATABASE_URL && value !== DEFAULT_REDIS_URL)
      .map(([name]) => name)
      .sort()
  );
}
