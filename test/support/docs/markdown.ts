/** Reads Markdown, as far as tests look at it. */

/** A link to a file or a section of this repository. */
export interface Link {
  /** Relative to the document; empty for the document itself. */
  readonly path: string;
  /** Empty where it leads to no section. */
  readonly anchor: string;
}

/** A run of lines between fences. */
export interface Block {
  /** Such as `sh`; empty where none is told. */
  readonly language: string;
  readonly lines: readonly string[];
  /** Number of its first line in the document, from 1. */
  readonly line: number;
  /** Text of the comment directly above the fence; empty where there is none. */
  readonly mark: string;
}

/** The links of a document that do not leave the repository, pictures included. */
export function linksOf(text: string): Link[] {
  return [...text.matchAll(/\]\((?!https?:)(?<path>[^)#\s]*)#?(?<anchor>[^)\s]*)\)/g)].map(
    ({ groups }) => ({ path: groups?.path ?? "", anchor: groups?.anchor ?? "" }),
  );
}

/** The anchors of a document's headings, as GitHub makes them. */
export function headingAnchors(text: string): Set<string> {
  return new Set(
    [...outsideBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** The text of a line that is a comment; empty for any other. */
export function markOf(line: string | undefined): string {
  return /^\s*<!-- (.*) -->$/.exec(line ?? "")?.[1] ?? "";
}

/** The blocks between fences. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const language = /^\s*```(\S*)/.exec(lines[i] ?? "")?.[1];
    if (language !== undefined) {
      const first = i + 1;
      do {
        i += 1;
      } while (i < lines.length && !/^\s*```\s*$/.test(lines[i] ?? ""));
      const inside = lines.slice(first, i);
      blocks.push({ language, lines: inside, line: first + 1, mark: markOf(lines[first - 2]) });
    }
  }
  return blocks;
}

/** A document with its blocks blanked out; every line stays at its place. */
export function outsideBlocks(text: string): string {
  const lines = text.split("\n");
  for (const { line, lines: inside } of blocksOf(text)) {
    lines.fill("", line - 2, line + inside.length);
  }
  return lines.join("\n");
}
