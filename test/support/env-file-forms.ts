/** Forms of `.env` files by name, with what compose 2.26 reads. A test asks compose itself. */

/** Environment of the process that reads the forms. */
export const FORMS_ENVIRONMENT = { Z_USER: "lago", FROM_PROCESS: "process", EMPTY: "" };

/** One form: the file, and the values that it gives. */
export type AcceptedForm = readonly [
  name: string,
  text: string,
  values: Readonly<Record<string, string>>,
];

export const ACCEPTED: readonly AcceptedForm[] = [
  ["a hash inside a value", "A=abc#def\n", { A: "abc#def" }],
  ["a comment behind a space", "A=abc #def\n", { A: "abc" }],
  ["a comment behind quotes", 'A="abc #def" # note\n', { A: "abc #def" }],
  ["a dollar sign in a comment", "A=plain # costs $5 ${\n", { A: "plain" }],
  ["a hash at the beginning of a value", "A=#x\nB= #x\n", { A: "#x", B: "#x" }],
  ["a tab before a hash", "A=x\t# tab comment\n", { A: "x\t# tab comment" }],
  ["comment lines", '# A=1\n  # it\'s "one"\nA=2\n#', { A: "2" }],
  ["a reference to an earlier line", "A=1\nB=${A}-x$A\n", { A: "1", B: "1-x1" }],
  ["a reference to a later line", "B=[${A}]\nA=1\n", { A: "1", B: "[]" }],
  [
    "a reference in double quotes",
    'A="postgresql://${Z_USER}:pw@db"\n',
    {
      A: "postgresql://lago:pw@db",
    },
  ],
  [
    "a reference to the process, which counts more",
    "Z_USER=mine\nA=$Z_USER\n",
    {
      Z_USER: "mine",
      A: "lago",
    },
  ],
  ["two dollar signs", "A=pa$$word\nB=\"$$x\"\nC='$$x'\n", { A: "pa$word", B: "$x", C: "$$x" }],
  ["three dollar signs", "A=$$$Z_USER\n", { A: "$lago" }],
  ["dollar signs before no name", "A=$5\nB=a$\nC=$ x$-\n", { A: "$5", B: "a$", C: "$ x$-" }],
  ["single quotes", "A='pa$word${'\n", { A: "pa$word${" }],
  ["back-ticks", "A=`tick $Z_USER`\n", { A: "`tick lago`" }],
  ["a colon", "A: yaml style\nB:x\n", { A: "yaml style", B: "x" }],
  ["a colon before =", "A:=x\n", { A: "=x" }],
  ["export", "export A=1\nexport\tB=2\nexported=3\n", { A: "1", B: "2", exported: "3" }],
  ["export on a line of its own", "export\nA=1\n", { A: "1" }],
  ["space around =", "A = spaced\n  B=2\n\tC\t=\t3\n", { A: "spaced", B: "2", C: "3" }],
  [
    "escapes in double quotes",
    `${String.raw`A="a\nb\tc\\d\"e\rf\vg\ah\bi\fj"`}\n`,
    {
      A: 'a\nb\tc\\d"e\rf\vg\x07h\bi\fj',
    },
  ],
  ["unknown escapes", `${String.raw`A="\c\x41\u0041\z\'"`}\n`, { A: String.raw`\c\x41\u0041\z\'` }],
  [
    "octal escapes",
    `${String.raw`A="\0101\0303\0400\018\0"`}\n`,
    {
      A: `${String.raw`AÃ\400\18`}\\`,
    },
  ],
  ["an escaped dollar sign", `${String.raw`A="pa\$word"`}\n`, { A: "pa$word" }],
  ["escapes without quotes", `${String.raw`A=a\nb\$Z_USER\\`}\n`, { A: String.raw`a\nb\lago\\` }],
  [
    "escapes in single quotes",
    `${String.raw`A='it\'s \n \\ \$'`}\n`,
    {
      A: String.raw`it's \n \\ \$`,
    },
  ],
  [
    "several lines in double quotes",
    'A="one\ntwo\n# three\nB=4"\nC=5\n',
    {
      A: "one\ntwo\n# three\nB=4",
      C: "5",
    },
  ],
  ["several lines in single quotes", "A='one\r\ntwo'\n", { A: "one\r\ntwo" }],
  [
    "a default",
    "A=${NOT_SET:-fallback}\nB=${NOT_SET-fallback}\n",
    { A: "fallback", B: "fallback" },
  ],
  [
    "a default for an empty variable",
    "A=${EMPTY:-fallback}\nB=${EMPTY-fallback}\n",
    {
      A: "fallback",
      B: "",
    },
  ],
  ["a default that is not needed", "A=${Z_USER:-fallback}\n", { A: "lago" }],
  ["a nested default", "A=${X:-a${Y:-${Z_USER:-b}}c}d\n", { A: "alagocd" }],
  ["a default with braces", 'A=${X:-{"a":{}}}\n', { A: '{"a":{}}' }],
  ["several expressions on a line", "A=${X:-1}${X-2}$Z_USER${X:-}\n", { A: "12lago" }],
  [
    "a value that replaces one that is set",
    "A=${Z_USER:+x}${EMPTY:+y}${EMPTY+z}${X+w}\n",
    {
      A: "xz",
    },
  ],
  ["a required variable that is set", "A=${Z_USER:?set it}${EMPTY?set it}\n", { A: "lago" }],
  ["an unset variable", "A=x${NOT_SET}y$NOT_SET\n", { A: "xy" }],
  ["a space behind a value", "A=trailing   \n", { A: "trailing" }],
  ["= in a value", "A=a=b=c\n", { A: "a=b=c" }],
  ["quotes inside a value", 'A=it\'s\nB=say"hi"\n', { A: "it's", B: 'say"hi"' }],
  ["quotes of the other kind", 'A=\'say "hi"\'\nB="it\'s"\n', { A: 'say "hi"', B: "it's" }],
  ["empty values", "A=\nB=''\nC=\"\"\nD= \nE", { A: "", B: "", C: "", D: "", "": "E" }],
  [
    "a name without =",
    "FROM_PROCESS\nNOT_SET\nEMPTY\nA=1\n",
    {
      FROM_PROCESS: "process",
      EMPTY: "",
      A: "1",
    },
  ],
  ["several lines with one name", "A=1\nB=$A\nA=2\nC=$A\n", { A: "2", B: "1", C: "2" }],
  ["a byte order mark", "\ufeffA=1\n", { A: "1" }],
  [
    "line ends of Windows",
    'A=value\r\nB="quoted"\r\nC\r\n\r\nD=\r\nE=x #y\r\n',
    {
      A: "value",
      B: "quoted",
      D: "",
      E: "x",
    },
  ],
  ["letters of other scripts", "A=hä→\nÄÖ=1\n数=2\n", { A: "hä→", ÄÖ: "1", 数: "2" }],
  [
    "names with other characters",
    "A.B=1\nc-d=2\nE[0]=3\n1F=4\n",
    {
      "A.B": "1",
      "c-d": "2",
      "E[0]": "3",
      "1F": "4",
    },
  ],
  ["a second variable behind quotes", "A=\"1\" B='2'C=3\n", { A: "1", B: "2", C: "3" }],
  [
    "a name of Object",
    "__proto__=1\nconstructor=2\nA=$toString\n",
    {
      ["__proto__"]: "1",
      constructor: "2",
      A: "",
    },
  ],
  ["no line end", "A=1\nB=2", { A: "1", B: "2" }],
  ["nothing", "", {}],
  ["nothing but space", " \n\t\r\n", {}],
];

/** One form that compose refuses, and the line to blame. */
export type RefusedForm = readonly [name: string, text: string, line: number, words: RegExp];

export const REFUSED: readonly RefusedForm[] = [
  ["double quotes without an end", '\nA="x\nB=2\n', 2, /no closing " for the value of A/],
  ["single quotes without an end", "A=1\nB='x\\'\n", 2, /no closing ' for the value of B/],
  ["a space in a name", "A=1\n\n# x\nmy name=1\n", 4, /a space in the name/],
  ["a line without a name", "A=1\nhello world\n", 2, /a space in the name/],
  ["a sign in a name", "A$B=1\n", 1, /has "\$" in the name/],
  ["a bare line of a key", "A=-----BEGIN\nMII/x+y\n", 2, /has "\/" in the name/],
  ["a second byte order mark", "\ufeff\ufeffA=1\n", 1, /has "." in the name/],
  ["text behind quotes", 'A="1", B\n', 1, /has "," in the name/],
  ["a brace without an end", "B=1\nA=x${A\n", 2, /a \$\{ that begins no variable/],
  ["empty braces", "A=${}\n", 1, /a \$\{ that begins no variable/],
  ["a sign for an operator", "A=${A!x}\n", 1, /a \$\{ that begins no variable/],
  ["a line end in braces", 'A="${B:-x\ny}"\n', 1, /a \$\{ that begins no variable/],
  ["a fault in a default of no use", "A=${Z_USER:-${}}\n", 1, /a \$\{ that begins no variable/],
  [
    "a required variable",
    "A=${B:?set B first}\n",
    1,
    /requires B for the value of A \(set B first\)/,
  ],
  ["a required variable that is empty", "A=${EMPTY:?}\n", 1, /requires EMPTY for the value of A;/],
  ["a required variable in a default of no use", "A=${Z_USER:-${B:?}}\n", 1, /requires B/],
  ["export at the end", "A=1\nexport ", 2, /export without a name/],
];

/** Files that a project's environment cannot take, although a service can. */
export const REFUSED_FOR_PROJECTS: readonly RefusedForm[] = [
  ["a last line that is only a name", "A=1\nB", 2, /without a name/],
  ["a value without a name", "=1\n", 1, /without a name/],
  ["a zero character", 'A="\\0000"\n', 1, /gives A a zero character/],
];
