/** The commands that documents tell people to type. */
import { blocksOf, markOf, outsideBlocks } from "./markdown.ts";

/** One command, as a person would type it. */
export interface DocumentedCommand {
  readonly document: string;
  /** Where it begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** What stands in a comment directly above its block or paragraph; empty for none. */
  readonly mark: string;
}

const SHELLS = ["sh", "bash", "console"];

/** Programs by which a span of code is known for a command. */
const COMMAND =
  /^(?:[A-Z_]+=\S* )?(?:npm|npx|node|pulumi|docker|z-billing-lago|\.\/zbl|git|ssh|brew) \S/;

/** Above a table whose first column leaves out how its commands begin. */
const BEGINNING = /^each begins with (.+)$/;

/** The commands of a document: lines of its shell blocks, and spans of code anywhere else. */
export function commandsIn(document: string, text: string): DocumentedCommand[] {
  const inBlocks = blocksOf(text)
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(({ lines, line, mark }) =>
      lines.map((one, index) => ({ document, line: line + index, text: typedPart(one), mark })),
    )
    .filter((command) => command.text !== "");
  return [...inBlocks, ...commandsOutside(document, outsideBlocks(text))];
}

/** A line without what is said about it. */
function typedPart(line: string): string {
  return line.replace(/(^|\s+)# .*$/, "").trim();
}

function commandsOutside(document: string, text: string): DocumentedCommand[] {
  const found: DocumentedCommand[] = [];
  let line = 1;
  for (const paragraph of text.split("\n\n")) {
    const mark = markOf(paragraph.trimStart().split("\n", 1)[0]);
    const beginning = BEGINNING.exec(mark)?.[1];
    for (const match of paragraph.matchAll(/`([^`]+)`/g)) {
      const span = (match[1] ?? "").replace(/\s+/g, " ").replaceAll("\\|", "|");
      const before = paragraph.slice(0, match.index);
      const command =
        beginning !== undefined && /(^|\n)\| [^|]*$/.test(before) ? `${beginning} ${span}` : span;
      if (COMMAND.test(command)) {
        const at = line + before.split("\n").length - 1;
        found.push({ document, line: at, text: command, mark });
      }
    }
    line += paragraph.split("\n").length + 1;
  }
  return found;
}
