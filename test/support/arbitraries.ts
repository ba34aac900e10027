/** Random values for property tests. */
import fc from "fast-check";

/** The same values in each run, so that a run tells of the code; another seed looks further. */
fc.configureGlobal({ seed: Number(process.env.ZBL_TEST_SEED ?? 1) });

/** Characters that shells, YAML, JSON, URLs, regular expressions and terminals treat in their own way. */
export const HOSTILE_CHARACTERS = [
  ..."$\"'\\`#={}[]()<>|&;:,.?*!%@/~^-+_ \n\t\r",
  "\u001b",
  "\u0007",
  "\u009b",
  "\u2028",
  "\u202e",
  "é",
  "你",
  "\u{1f600}",
];

const codePoint = fc
  .integer({ min: 1, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** One character that a process can be handed: no NUL, no half of a surrogate pair. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(..."abcXYZ019") },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_CHARACTERS) },
  { weight: 1, arbitrary: codePoint },
);

/** Any text that a process can be handed, hostile more often than not. */
export function anyText(constraints: fc.StringSharedConstraints = {}): fc.Arbitrary<string> {
  return fc.string({ unit: character, maxLength: 60, ...constraints });
}

/** Any text at all, lone surrogates and NUL among it. */
export function anyUtf16(): fc.Arbitrary<string> {
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
  return fc.string({ unit: fc.oneof(character, half, fc.constant("\0")), maxLength: 60 });
}
