/** Values that people and examples put in place of a secret. Pure. */

/** Whole values, and beginnings of values. */
const FORMS =
  /^(change[-_ ]?(me|it|this)?.*|replace[-_ ]?me.*|your[-_ ].*|my[-_ ]?(secret|password|key).*|(super)?secret([-_ ]?key.*)?|passw(or|0r)?d.*|none|null|undefined|azerty.*|qwerty.*|1234\w{0,12}|abcd\w{0,12}|<.*>|\{\{.*\}\}|\[[\w -]*\]|_*(base64_)?generated?_*|x{3,}|\*{3,}|\.{3,}|(?<one>.)\k<one>{5,})$/is;

/** Parts of a value that is still to be filled in: `gsk_YOUR_KEY_HERE`, `$(openssl rand -hex 16)`. */
const GAPS = /(^|[^a-z])your[-_ ].*[-_ ]here$|[-_ ]goes[-_ ]here$|openssl rand/is;

/** Words of which placeholders and everybody's first passwords are made. */
const WORDS = [
  "change replace update set use put insert enter fill generate generated create",
  "me it this the that here with and your our my own a an for in to please must be not",
  "secret secrets password passwords passwd passphrase passcode pass pwd pw key keys token salt hash",
  "base hex bits bit char chars character characters long length random string value text",
  "strong secure safe super very real new some any unique min minimum at least",
  "encryption primary deterministic derivation private public rsa jwt api auth access signing session",
  "lago postgres postgresql redis valkey database db admin administrator root user username default",
  "example sample demo dummy placeholder test testing todo tbd fixme foo bar baz",
  "dev development local localhost prod production staging billing app server service",
  "letmein welcome hello temp temporary",
]
  .join(" ")
  .split(" ");

const ANY_WORD = new RegExp([...WORDS].sort((a, b) => b.length - a.length).join("|"), "g");

/** Digits that stand beside such words: a size, a year, a row. */
const NUMBERS = /^(\d{0,4}|123456\d{0,4}|0+|1+)$/;

/** Longest text that is judged. Nobody's placeholder is longer. */
const MAX_LENGTH = 200;

/** Whether a secret is a placeholder or a word that everybody tries first. */
export function isPlaceholder(value: string): boolean {
  return isLeftOpen(value) || isMadeOfWords(value.slice(0, MAX_LENGTH).toLowerCase());
}

/** Whether a value, be it a secret or a name, is still to be filled in. */
export function isLeftOpen(value: string): boolean {
  const text = value.trim().slice(0, MAX_LENGTH);
  return FORMS.test(text) || GAPS.test(text);
}

/** Signs that people add to words, as in `Passw0rd!`. With more of them a text is no placeholder. */
const MAX_SIGNS = 2;

/** Whether a text is nothing but {@link WORDS}, with a few signs and {@link NUMBERS} between them. */
function isMadeOfWords(text: string): boolean {
  const rest = text.replace(ANY_WORD, "").replace(/[\W_\d]/g, "");
  const signs = text.replace(/[a-z\d\s_.:-]/g, "");
  return (
    rest === "" &&
    /[a-z]{2}/.test(text) &&
    signs.length <= MAX_SIGNS &&
    NUMBERS.test(text.replace(/\D/g, ""))
  );
}
