/** Secrets of a deployment: the settings of Lago that are secret, and all others. Pure. */
import { type LagoVariable, VARIABLES } from "../lago/catalogue/index.ts";
import type { CheckContext } from "./check-context.ts";
import { isAddress, type SecretPlace, secretPlaces, urlPassword } from "./secret-places.ts";

/** The settings of Lago that are secret. */
export const LAGO_SECRETS = VARIABLES.filter(({ secret, effect }) => secret && effect !== "never");

/** A secret among Lago's settings. Never shown. */
export interface LagoSecret {
  readonly variable: LagoVariable;
  readonly value: string;
  /** The whole value, or the password in a URL. Empty for a URL without one. */
  readonly secret: string;
}

/** Lists the settings of Lago that are secret and not empty. */
export function lagoSecrets(context: CheckContext): LagoSecret[] {
  return LAGO_SECRETS.map((variable) => {
    const value = context.value(variable.name);
    return { variable, value, secret: isAddress(value) ? urlPassword(value) : value };
  }).filter(({ value }) => value !== "");
}

/** Lists the secrets under other names than Lago's. */
export function otherSecrets(context: CheckContext): SecretPlace[] {
  const sources = lagoSecrets(context).map(({ variable: { name }, secret }) =>
    context.sourceOf(name, secret),
  );
  return secretPlaces(context, new Set([...sources, ...LAGO_SECRETS.map(({ name }) => name)]));
}
