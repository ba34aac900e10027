import { secretValues } from "../lago/secret-settings.ts";
import type { ComposeModel } from "./model.ts";
import { environmentOf } from "./service-details.ts";

/**
 * Returns the secrets that stand literally in the compose files, since compose quotes a value that
 * it cannot use. Values that refer to variables are left out: the settings hold those secrets.
 */
export function literalSecrets({ services }: ComposeModel): string[] {
  return services.flatMap(({ definition }) => {
    const variables = Object.entries(environmentOf(definition.environment));
    const literals = variables.filter(([, value]) => isLiteral(value));
    const secrets = secretValues(Object.fromEntries(literals));
    return [...secrets, ...secrets.map((secret) => secret.replaceAll("$$", "$"))];
  });
}

/** Whether a value refers to no variable. `$$` is a dollar sign. */
function isLiteral(value: string): boolean {
  return !/\$\{[^}]*\}|\$[A-Za-z_]/.test(value.replaceAll("$$", ""));
}
