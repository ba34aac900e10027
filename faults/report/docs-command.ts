import type { Command } from "commander";
import { USAGE_EXIT_CODE } from "../../setup/failure.ts";

/** A command that writes a document. */
export interface DocsCommand {
  /** Path of the document, for the help. */
  readonly document: string;
  /** Instructions for making a report, in a sentence. */
  readonly howToMakeOne: string;
  /** Writes the document from files, and returns a line about the result. */
  readonly write: (files: readonly string[]) => string;
}

/** Adds `docs [FILE…]` to a program that writes reports. */
export function addDocsCommand(
  program: Command,
  { document, howToMakeOne, write }: DocsCommand,
): void {
  program
    .command("docs")
    .description(`write ${document} from reports`)
    .argument("[files...]", "what --json wrote")
    .action((files: readonly string[]) => {
      if (files.length === 0) {
        program.error(`Which reports? ${howToMakeOne}`, { exitCode: USAGE_EXIT_CODE });
      }
      try {
        process.stderr.write(`${write(files)}\n`);
      } catch (error) {
        program.error(error instanceof Error ? error.message : String(error));
      }
    });
}
