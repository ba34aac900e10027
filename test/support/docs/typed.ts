/** Which test types which command of the documents. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../testing/folders.ts";
import { commandsIn, type DocumentedCommand } from "./commands.ts";
import { DOCUMENTS, documentText } from "./documents.ts";

/** Every command of every document. */
export function allCommands(): DocumentedCommand[] {
  return DOCUMENTS.flatMap((name) => commandsIn(name, documentText(name)));
}

/** Commands that this process was given to type. */
const typed = new Set<string>();

/**
 * A command, for a test to type as it stands.
 *
 * @throws Error when no document has it
 */
export function documented(text: string): string {
  if (!allCommands().some((command) => command.text === text)) {
    throw new Error(`no document says \`${text}\``);
  }
  typed.add(text);
  return text;
}

/** What a test has in its source to be typed, and has not typed in this process. */
export function untyped(file: string): string[] {
  return typedIn(readFileSync(file, "utf8")).filter((text) => !typed.has(text));
}

/** Commands that the source of a test types, as they stand there. */
export function typedIn(source: string): string[] {
  const calls = source.matchAll(
    /\b(?:types|typesUntil|documented)\(\s*(?<literal>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g,
  );
  return [...calls].map(({ groups }) => textOf(groups?.literal ?? ""));
}

function textOf(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, "$1");
}

/** Commands that tests type, by the path of the test from the repository's folder. */
export function typedByTests(): Map<string, string[]> {
  const files = globSync("test/{e2e,integration}/**/*.test.ts", { cwd: ROOT }).sort();
  return new Map(
    files.map((file) => [file, typedIn(readFileSync(join(ROOT, file), "utf8"))] as const),
  );
}
