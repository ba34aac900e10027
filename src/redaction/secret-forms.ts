/** The forms in which a secret turns up in what programs print. */
import { cleanText } from "../text/clean.ts";

/** A secret in one form. */
export interface SecretForms {
  /** Texts to look for whole; each character may be spelled as JSON and URLs spell it. */
  readonly whole: readonly string[];
  /** Texts of which a piece, too, is to be found: without what everybody knows of them. */
  readonly literal: readonly string[];
}

/** A form that begins like a URL: of its pieces most are public, such as the name of a host. */
const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i;

/** The first and the last line of a PEM file. */
const PEM_ARMOUR = /-----(?:BEGIN|END)[^-\n]*-----/g;

/** All forms of a secret. A key known as base64 of PEM has those of the PEM too. */
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

/** A pattern for a text in all ways in which JSON and URLs spell its characters. */
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
