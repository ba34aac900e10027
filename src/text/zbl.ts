/** Commands of this project's command line, as a person pastes them. */
import { fileURLToPath } from "node:url";
import { shellWord } from "./shell.ts";

/** Folder of the checkout, or of the installed package. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Formats a command of the command line, which runs when pasted in the folder of this process: `./zbl`
 * in a checkout, `npx zbl` in a program that has the package.
 *
 * @param words command and arguments, each quoted where a shell needs quotes
 */
export function zbl(...words: readonly string[]): string {
  return [zblProgram(), ...words.map(shellWord)].join(" ");
}

/**
 * The command line's own name in commands that a person pastes.
 *
 * @param folder folder of the person. Defaults to the folder of this process
 */
export function zblProgram(folder = process.cwd()): string {
  return folder === ROOT ? "./zbl" : "npx zbl";
}

/** Program that stands before Pulumi's own commands: that of a checkout is on no PATH. */
export function pulumiProgram(): string {
  return zblProgram() === "./zbl" ? "npm run pulumi --" : "pulumi";
}
