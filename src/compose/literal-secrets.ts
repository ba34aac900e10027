import { secretValues } from "../lago/secret-settings.ts";
import type { ComposeModel } from "./model.ts";

/**
 * Returns the secrets that stand literally in the compose files, since compose quotes a value that
 * it cannot use. Values that refer to variables are left out: the settings hold those secrets.
 */
export function literalSecrets({ services }: ComposeModel): string[] {
  return services.flatMap(({ definition }) => {
    const literals = entriesOf(definition.environment).filter(([, value]) => isLiteral(value));
    const secrets = secretValues(Object.fromEntries(literals));
    return [...secrets, ...secrets.map((secret) => secret.replaceAll("$$", "$"))];
  });
}

/**
 * Reads a service's environment as compose files write it: by name, or as a list of `NAME=value`.
 */
function entriesOf(environment: unknown): [name: string, value: string][] {
  const pairs: [string, unknown][] = Array.isArray(environment)
    ? environment.map((entry) => {
        const [name = "", ...rest] = String(entry).split("=");
        return [name, rest.join("=")];
      })
    : Object.entries(environment ?? {});
  return pairs.map(([name, value]) => [name, String(value ?? "")]);
}

/** Whether a value refers to no variable. `$$` is a dollar sign. */
function isLiteral(value: string): boolean {
  return !/\$\{[^}]*\}|\$[A-Za-z_]/.test(value.replaceAll("$$", ""));
}
