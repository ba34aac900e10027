/** What stands where a secret stood. */
export const REDACTED = "[secret]";

/** A shorter value would blank out ordinary words; nothing that short is a secret worth the name. */
const MIN_SECRET_LENGTH = 6;

/** Replaces secrets in a text. */
export type Redactor = (text: string) => string;

/**
 * Builds a redactor for the given secret values. It finds each one raw, JSON-escaped, URL-encoded
 * and in base64, and, for a value of several lines, each long line of it.
 */
export function redactorFor(secrets: Iterable<string>): Redactor {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      if (form.length >= MIN_SECRET_LENGTH) {
        forms.add(form);
      }
    }
  }
  // Longest first: a form that contains another must go before it.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((rest, form) => rest.replaceAll(form, REDACTED), text);
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret, "utf8").toString("base64");
  const longLines = secret.split("\n").filter((line) => line.length >= 16);
  return [
    secret,
    secret.trim(),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(secret, "utf8").toString("base64url"),
    ...longLines,
  ];
}

const SECRET_NAME = /KEY|SECRET|PASSWORD|PASSWD|TOKEN|SALT|CREDENTIAL|LICENSE/i;

/** The values among environment variables that must never be shown. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (SECRET_NAME.test(name)) {
      values.push(value);
    } else {
      values.push(...urlPasswords(value));
    }
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
