/** Messages about wrong usage of the command line. */
import { zbl } from "../text/zbl.ts";
import { foreignHint } from "./foreign-commands.ts";
import type { UsageError } from "./usage-error.ts";

/** Formats wrong usage as one line: the fault, the near match, and what to type instead. */
export function usageText({ message, words }: UsageError): string {
  if (words === undefined) {
    return message;
  }
  const { command, args, isUnknownCommand } = words;
  const foreign = foreignHint([...command, ...args], isUnknownCommand);
  if (foreign !== undefined) {
    return `unknown command '${foreign.name}'. ${foreign.hint}`;
  }
  const help = zbl(...command, "--help");
  const all = command.length === 0 ? "all commands" : "its commands";
  const listed = isUnknownCommand || command.length === 0 ? all : "its options";
  return `${sentence(message)} \`${help}\` lists ${listed}.`;
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
