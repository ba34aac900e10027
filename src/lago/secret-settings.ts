/** Secret values among settings. */
import { isSecretName } from "./catalogue/index.ts";
import { REDIS_CONFIG_VARIABLE } from "./config/derived.ts";

/** Lists the secret values in an environment. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (isSecretName(name) || name === REDIS_CONFIG_VARIABLE) {
      values.push(value);
    }
    // Programs may quote the password of a URL without the URL around it.
    values.push(...urlPasswords(value));
  }
  return values;
}

function urlPasswords(value: string): string[] {
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*?:([^/?#]*)@/i.exec(value);
  const password = match?.[1];
  if (password === undefined || password === "") {
    return [];
  }
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
