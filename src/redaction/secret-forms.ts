/** Forms in which a secret appears in the output of programs. */
import { cleanText } from "../text/clean.ts";

/** Forms of one secret. */
export interface SecretForms {
  /** Texts to find as a whole; each character may be spelled as JSON and URLs spell it. */
  readonly whole: readonly string[];
  /** Texts to find in pieces too, without their public parts. */
  readonly literal: readonly string[];
}

/** Beginning of a URL: most pieces of a URL are public, such as the name of its host. */
const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i;

/** First and last line of a PEM file. */
const PEM_ARMOUR = /-----(?:BEGIN|END)[^-\n]*-----/g;

/** Returns all forms of a secret. A key given as base64 of PEM has the forms of the PEM too. */
export function secretForms(given: string): SecretForms {
  const secret = given.toWellFormed();
  const decoded = Buffer.from(secret, "base64").toString("utf8");
  const inner = decoded.startsWith("-----BEGIN") ? secretForms(decoded) : NOTHING;
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = base64Forms(Buffer.from(secret, "utf8"));
  const whole = [secret, secret.trim(), cleanText(secret), cleanText(json), ...base64];
  const literal = [secret, json, encodeURIComponent(secret)].map(withoutBreaks);
  return {
    whole: [...whole, ...inner.whole],
    literal: URL_START.test(secret) ? [] : [...literal, ...base64, ...inner.literal],
  };
}

const NOTHING: SecretForms = { whole: [], literal: [] };

function withoutBreaks(text: string): string {
  return cleanText(text.replace(PEM_ARMOUR, "")).replace(/\n|\\r|\\n|%0D|%0A/g, "");
}

/** Returns the base64 of a text, and the part of it that is in the base64 of every longer text. */
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

/** Returns a pattern for a text that matches every spelling of its characters in JSON and URLs. */
export function spelled(text: string): string {
  return [...text].map(spellings).join("");
}

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
