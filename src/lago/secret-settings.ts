/** Which values are secret. */
import { isSecretName } from "./catalogue/index.ts";
import { REDIS_CONFIG_VARIABLE } from "./config/derived.ts";

/** The values among environment variables that must never be shown. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (isSecretName(name) || name === REDIS_CONFIG_VARIABLE) {
      values.push(value);
    }
    // The password of a URL may be quoted without the URL around it.
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
