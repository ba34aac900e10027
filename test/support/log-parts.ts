/** Logs of several containers with pieces of a secret in them, as they come in parts. */
import fc from "fast-check";

/** A secret as it is generated. No run of three characters stands in it twice. */
export const SECRET = "Zk3vQw8rTn5xLb2mYp7sHd4fGc9jKa6e0uNiVoEt";

/** What a piece of a secret is made of; nothing else in these logs is. */
const LETTERS = /[A-Za-z0-9+/=_%-]/g;

/** What is left of a line beside the secret that was in it. */
export const noise = (line: string) => line.replaceAll("[secret]", "").replace(LETTERS, "");

/** What of a line is still seen of the secret that was in it. */
export const seen = (line: string) =>
  (line.replaceAll("[secret]", "").match(LETTERS) ?? []).join("");

/** One line of a log, and what follows it. */
export interface SaidLine {
  /** The container that said it. */
  readonly container: string;
  readonly text: string;
  /** Which of the pieces of a secret it is a part of; undefined where it has nothing of one. */
  readonly piece: number | undefined;
  /** Whether a part ends behind it. */
  readonly endsPart: boolean;
  /** How long it takes until the next part, in milliseconds. */
  readonly pauseMs: number;
}

const FORMS = [
  (secret: string) => secret,
  (secret: string) => Buffer.from(secret, "utf8").toString("base64"),
  (secret: string) => Buffer.from(`δ ${secret}`, "utf8").toString("base64"),
];

const words = fc.string({ unit: fc.constantFrom(...'αβγδ .:"'), minLength: 0, maxLength: 6 });

/** Lines that are one piece of a secret, broken anywhere, with words before and behind it. */
const piece = fc
  .record({
    form: fc.constantFrom(...FORMS),
    from: fc.oneof(fc.constant(0), fc.nat({ max: 30 })),
    length: fc.integer({ min: 1, max: 80 }),
    cuts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
    before: words,
    behind: words,
  })
  .map(({ form, from, length, cuts, before, behind }) => {
    const text = form(SECRET).slice(from, from + length);
    const lines: string[] = [];
    for (let at = 0; at < text.length; at += lines.at(-1)?.length ?? 0) {
      lines.push(text.slice(at, at + (cuts[lines.length % cuts.length] ?? 1)));
    }
    return lines.map(
      (line, n) => `${n === 0 ? before : ""}${line}${n === lines.length - 1 ? behind : ""}`,
    );
  });

const utterance = fc.oneof(
  { weight: 2, arbitrary: piece.map((lines) => ({ lines, isSecret: true })) },
  { weight: 1, arbitrary: words.map((line) => ({ lines: [line], isSecret: false })) },
);

/**
 * A log of three containers, mixed in any way and cut into parts anywhere.
 *
 * @param pauseMs how long it takes from part to part
 */
export function logInParts(pauseMs: fc.Arbitrary<number>): fc.Arbitrary<SaidLine[]> {
  const container = fc.array(utterance, { minLength: 1, maxLength: 4 });
  const turns = fc.array(
    fc.record({ container: fc.nat({ max: 2 }), endsPart: fc.boolean(), pauseMs }),
    { minLength: 30, maxLength: 200 },
  );
  return fc.tuple(fc.tuple(container, container, container), turns).map(([containers, given]) => {
    const left = containers.map((utterances, index) =>
      utterances.flatMap(({ lines, isSecret }, n) =>
        lines.map((text) => ({
          container: `api-${index + 1}`,
          text,
          piece: isSecret ? index * 10 + n : undefined,
        })),
      ),
    );
    const said: SaidLine[] = [];
    for (let turn = 0; left.some((lines) => lines.length > 0); turn += 1) {
      const { container: index, ...rest } = given[turn % given.length] ?? {
        container: 0,
        endsPart: true,
        pauseMs: 0,
      };
      const lines = left[index]?.length ? left[index] : left.find(({ length }) => length > 0);
      const line = lines?.shift();
      if (line !== undefined) {
        said.push({ ...line, ...rest });
      }
    }
    return said;
  });
}
