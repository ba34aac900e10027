/** Random `.env` files, nasty more often than not, most of which compose reads. */
import fc from "fast-check";
import { HOSTILE_CHARACTERS } from "../../../../support/arbitraries.ts";

/** Environment of the process that reads the files. */
export const PROCESS = { PROC: "from process", PROC_EMPTY: "", PROC_DOLLAR: "p$A$$p${B}", E: "e1" };

/** Names that lines set and refer to. */
export const NAMES = ["A", "B", "C_1", "a", "E", "PROC", "PROC_EMPTY", "PROC_DOLLAR", "UNSET"];

const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...NAMES) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("A.B", "a-b", "A[0]", "Ä", "1A", "__proto__", "数", "x²"),
  },
);

const plain = fc.constantFrom(
  "x",
  "abc",
  "pass",
  "1",
  "postgresql://u@db/lago",
  "a=b",
  "a: b",
  "-",
);

/** Pieces whose meaning depends on what stands around them. */
const nasty = fc.constantFrom(
  ...["#", " #", " # note", "\t# tab", "  ", "\t", "'", '"', "`", "it's", "=", ":", "\\", "\\\\"],
  ...[
    "$",
    "$$",
    "$$$",
    "$5",
    "$ ",
    "\\$",
    "{",
    "}",
    "{}",
    "}}",
    "${A}",
    "$A",
    "$B",
    "${a}x",
    "$UNSET",
  ],
  ...[
    "\\n",
    "\\t",
    "\\r",
    '\\"',
    "\\'",
    "\\a\\b\\f\\v",
    "\\c",
    "\\x41",
    "\\u0041",
    "\\0101",
    "\\0303",
  ],
  ...[
    "\\0",
    "\\07",
    "\\0777",
    "\\0189",
    "ä",
    "ß",
    "\u{1f600}",
    "\u2028",
    "\xa0",
    "\x85",
    "\u3000",
    "\ufeff",
  ],
  ...["export ", "é#", "#{", "$ſ", "${K}", "$(id)", "<&>", "|", ";", "\r", "\v", "\f", "[", "]"],
);

const operator = fc.constantFrom(":-", "-", ":+", "+");

/** Well-formed references, nested ones among them; a required one may be refused. */
const { reference } = fc.letrec<{ reference: string; operand: string }>((tie) => ({
  reference: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...NAMES).map((one) => `\${${one}}`),
    fc.constantFrom(...NAMES).map((one) => `$${one}`),
    fc
      .tuple(fc.constantFrom(...NAMES), operator, tie("operand"))
      .map(([one, what, operand]) => `\${${one}${what}${operand}}`),
    fc
      .tuple(
        fc.oneof(
          { weight: 15, arbitrary: fc.constant("PROC") },
          { weight: 1, arbitrary: fc.constant("A") },
        ),
        fc.constantFrom(":?", "?"),
        tie("operand"),
      )
      .map(([one, what, operand]) => `\${${one}${what}${operand}}`),
  ),
  operand: fc
    .array(
      fc.oneof(
        tie("reference"),
        plain,
        fc.constantFrom("", " ", ":-", "-", "?", "{x}", "{", "$$", "#"),
      ),
      {
        maxLength: 3,
      },
    )
    .map((parts) => parts.join("")),
}));

const piece = fc.oneof(
  { weight: 4, arbitrary: plain },
  { weight: 5, arbitrary: nasty },
  { weight: 3, arbitrary: reference },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_CHARACTERS).filter((one) => one !== "\n") },
);

const text = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(""));

/** A value in quotes of one kind, most often without a bare quote of that kind inside. */
function quoted(quote: string): fc.Arbitrary<string> {
  const inner = fc.oneof(
    { weight: 5, arbitrary: piece.map((one) => one.replaceAll(quote, `\\${quote}`)) },
    { weight: 1, arbitrary: fc.constantFrom("\n", "\r\n", "\n# no comment\n", "\nX=1\n") },
  );
  return fc
    .tuple(
      fc.array(inner, { maxLength: 5 }),
      fc.constantFrom("", "", "", " # note", " ", " B=2", "x"),
    )
    .map(([parts, behind]) => `${quote}${parts.join("")}${quote}${behind}`);
}

const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: quoted('"') },
  { weight: 2, arbitrary: quoted("'") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "''", '""', "``", "#x", " #x", "$", "${A:-${B:-x}}"),
  },
);

const equals = fc.constantFrom("=", "=", "=", "=", " = ", "= ", " =", "\t=\t", ":", ": ");

const line = fc.oneof(
  {
    weight: 60,
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "", "", "", " ", "\t", "export ", "export\t "),
        name,
        equals,
        value,
      )
      .map((parts) => parts.join("")),
  },
  { weight: 5, arbitrary: name },
  { weight: 2, arbitrary: name.map((one) => `export ${one}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "  ", "# comment", '  # it\'s "one"', "export", "\t", "\f"),
  },
  { weight: 1, arbitrary: text },
);

const end = fc.constantFrom("\n", "\n", "\n", "\r\n", "\n\n", " \n");

/** One `.env` file. */
export const envText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "", "", "", "\ufeff", "\n"),
    fc.array(fc.tuple(line, end), { minLength: 1, maxLength: 4 }),
    fc.constantFrom("", "", "", "A", "Z=last"),
  )
  .map(([start, lines, last]) => start + lines.flat().join("") + last);
