import { type EndFinder, endFinder } from "./secret-ends.ts";
import { type SecretForms, secretForms } from "./secret-forms.ts";
import { pieceFinder } from "./secret-pieces.ts";
import { overLines, wholeFinder, wordsFinder } from "./secret-search.ts";
import { type Finder, replaceSpans, type Span } from "./spans.ts";

/** Text in the place of a secret. */
export const REDACTED = "[secret]";

/** Shorter values are no secrets, and hiding them would blank out ordinary words. */
const MIN_SECRET_LENGTH = 6;

/** Replaces secrets in a text. The text keeps its number of lines. */
export type Redactor = (text: string) => string;

/**
 * Builds a redactor for the given secret values. It finds each value raw, JSON-escaped, URL-encoded
 * and in base64, also within the base64 of a longer text, with and without its control characters;
 * broken over lines; and every piece of 16 characters or more. A key known as base64 of PEM is
 * found as PEM too.
 *
 * Passwords in URLs are hidden in any case.
 */
export function redactorFor(secrets: Iterable<string>): Redactor {
  let finders: Finder[] | undefined;
  return (text) => {
    // Built at first use: most redactors are never called.
    finders ??= findersFor([...secrets]);
    const spans = finders.flatMap((find) => find(text));
    return replaceSpans(text, spans, REDACTED);
  };
}

/** Hides passwords in URLs, for places where no secret values are known. */
export const redactUrls: Redactor = redactorFor([]);

/**
 * Builds a function that finds out whether a text ends within one of the secrets, for texts that
 * are shown in parts. Give it text that a redactor for the same secrets has gone over.
 */
export function endFinderFor(secrets: Iterable<string>): EndFinder {
  let find: EndFinder | undefined;
  return (text) => {
    find ??= endFinder(formsOf([...secrets]).literal);
    return find(text);
  };
}

function formsOf(secrets: readonly string[]): SecretForms {
  // Containers of one deployment have the same secrets.
  const forms = [...new Set(secrets)].map(secretForms);
  const long = (texts: readonly string[]) =>
    [...new Set(texts)].filter((text) => text.trim().length >= MIN_SECRET_LENGTH);
  return {
    whole: long(forms.flatMap((form) => form.whole)),
    literal: long(forms.flatMap((form) => form.literal)),
  };
}

function findersFor(secrets: readonly string[]): Finder[] {
  const { whole, literal } = formsOf(secrets);
  const pieces = pieceFinder(literal);
  return [passwordsInUrls, wholeFinder(whole), pieces, overLines([wordsFinder(whole), pieces])];
}

/** `://USER:PASSWORD@`, where the user may be empty. */
const URL_PASSWORD = /:\/\/[^\s/?#@:]*:([^\s/?#]+)@/dg;

function passwordsInUrls(text: string): Span[] {
  return [...text.matchAll(URL_PASSWORD)].flatMap(({ indices }) => {
    const [start, end] = indices?.[1] ?? [0, 0];
    return [{ start, end }];
  });
}
