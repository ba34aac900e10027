/** The document that lists the cases of the end-to-end tests. Pure. */

/** One file of tests. */
export interface TestFile {
  /** Below the folder of these tests, such as `package/examples.test.ts`. */
  readonly path: string;
  /** What its head says that it is about. */
  readonly subject: string;
  /** What it needs beside packages, such as `Docker`. */
  readonly needs: readonly string[];
  /** Titles from the outermost group to the case itself, in their order. */
  readonly cases: readonly (readonly string[])[];
}

const HEAD = `# End-to-end tests

What is tried with the real programs: files of \`test/e2e\`, in a section each, with all of their cases. Written by
\`npm run tests:docs\`, which is to be run again when cases come, go or are renamed.
`;

/** The whole text of `docs/tests.md`. */
export function renderTests(files: readonly TestFile[]): string {
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const cases = files.reduce((sum, file) => sum + file.cases.length, 0);
  const count = `${cases} cases in ${files.length} files.\n`;
  return [HEAD, count, ...sorted.map(sectionOf)].join("\n");
}

function sectionOf({ path, subject, needs, cases }: TestFile): string {
  const needed = needs.length === 0 ? "" : ` Needs ${needs.join(", ")}.`;
  return `## ${path}\n\n${plain(subject)}${needed}\n\n${linesOf(cases).join("\n")}\n`;
}

/** A list in which each group stands once, above its cases. */
function linesOf(cases: TestFile["cases"]): string[] {
  let above: readonly string[] = [];
  return cases.flatMap((titles) => {
    const groups = titles.slice(0, -1);
    const differs = groups.findIndex((group, depth) => group !== above[depth]);
    const shared = differs === -1 ? groups.length : differs;
    above = groups;
    return titles
      .slice(shared)
      .map((title, depth) => `${"  ".repeat(shared + depth)}- ${plain(title)}`);
  });
}

/** A title is no HTML and no markup, whatever characters it has. */
function plain(title: string): string {
  return title.replaceAll("<", "&lt;").replace(/[*[\]]/g, "\\$&");
}

/** What the comment at the head of a source says, on one line, in a sentence. */
export function subjectOf(source: string): string {
  const [, comment = ""] = /^\/\*\*[\s*]*(.*?)\s*\*\//s.exec(source) ?? [];
  return comment.replace(/\s*\n\s*\*\s*/g, " ").trim();
}
