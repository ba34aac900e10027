import { isSecretName } from "../catalogue/index.ts";

import { cleanText } from "./clean.ts";

/** What stands where a secret stood. */
export const REDACTED = "[secret]";

/** A shorter value would blank out ordinary words; nothing that short is a secret worth the name. */
const MIN_SECRET_LENGTH = 6;

/** Replaces secrets in a text. */
export type Redactor = (text: string) => string;

/** A line of a secret that is shorter gives nothing away. */
const MIN_LINE_LENGTH = 16;

/**
 * Builds a redactor for the given secret values. It finds each one raw, JSON-escaped, URL-encoded
 * and in base64, also within the base64 of a longer text, with and without its control characters;
 * and of a value of several lines each long line. A key known as base64 of PEM is found as PEM too.
 */
export function redactorFor(secrets: Iterable<string>): Redactor {
  const forms = new Set([...secrets].flatMap((secret) => formsOf(secret.toWellFormed())));
  const patterns = [...forms]
    .filter((form) => form.length >= MIN_SECRET_LENGTH)
    // Longest first: a form that contains another must go before it.
    .sort((a, b) => b.length - a.length)
    .map((form) => new RegExp([...form].map(spellings).join(""), "g"));
  return (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, REDACTED), text);
}

function formsOf(secret: string): string[] {
  const decoded = Buffer.from(secret, "base64").toString("utf8");
  const whole = [
    secret,
    secret.trim(),
    cleanText(secret),
    cleanText(JSON.stringify(secret).slice(1, -1)),
  ];
  const lines = secret.split("\n").map((line) => line.trim());
  return [
    ...whole,
    ...lines.filter((line) => line.length >= MIN_LINE_LENGTH),
    ...base64Forms(Buffer.from(secret, "utf8")),
    ...(decoded.startsWith("-----BEGIN") ? formsOf(decoded) : []),
  ];
}

/** The base64 of a text, and what each longer text that contains it has in common in base64. */
function base64Forms(secret: Buffer): string[] {
  const forms = [secret.toString("base64"), secret.toString("base64url")];
  for (const bytesBefore of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(bytesBefore), secret]);
    const first = Math.ceil((bytesBefore * 8) / 6);
    const last = Math.floor((bytes.length * 8) / 6);
    forms.push(bytes.toString("base64").slice(first, last));
    forms.push(bytes.toString("base64url").slice(first, last));
  }
  return forms;
}

/** A pattern for the ways in which JSON and URLs spell a character. */
function spellings(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) {
    return character;
  }
  const hex = (value: number, digits: number) =>
    value
      .toString(16)
      .padStart(digits, "0")
      .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const url = [...Buffer.from(character, "utf8")].map((byte) => `%${hex(byte, 2)}`).join("");
  const json = character
    .split("")
    .map((unit) => `\\\\u${hex(unit.charCodeAt(0), 4)}`)
    .join("");
  const ways = [character, JSON.stringify(character).slice(1, -1)].map(escapePattern);
  const space = character === " " ? ["\\+"] : [];
  const slash = character === "/" ? ["\\\\/"] : [];
  return `(?:${[...new Set([...ways, ...space, ...slash, url, json])].join("|")})`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** The values among environment variables that must never be shown. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  const values: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (isSecretName(name)) {
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
