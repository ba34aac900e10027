import { secretValues } from "../lago/secret-settings.ts";
import type { ComposeModel } from "./model.ts";
import { environmentOf } from "./service-details.ts";

/**
 * Secrets that stand in the compose files themselves: compose quotes a value that it cannot use.
 * One that refers to a variable is none, since what the variable holds is known elsewhere.
 */
export function literalSecrets({ services }: ComposeModel): string[] {
  return services.flatMap(({ definition }) => {
    const variables = Object.entries(environmentOf(definition.environment));
    const literals = variables.filter(([, value]) => isLiteral(value));
    const secrets = secretValues(Object.fromEntries(literals));
    return [...secrets, ...secrets.map((secret) => secret.replaceAll("$$", "$"))];
  });
}

/** `$$` is a dollar sign. */
function isLiteral(value: string): boolean {
  return !/\$\{[^}]*\}|\$[A-Za-z_]/.test(value.replaceAll("$$", ""));
}
