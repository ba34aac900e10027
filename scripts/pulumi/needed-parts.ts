/** Parts of the set-up that a command of the command line needs beside Node. Pure. */
import type { Part } from "../../setup/all.ts";

/** Commands that need no Pulumi, whatever their options are. */
const WITHOUT_PULUMI = new Set(["complete", "complete-words", "help", "lint", "version"]);

/** Commands that run the Pulumi program, and so need the provider of its commands too. */
const WITH_PROGRAM = new Set(["drift", "pipeline", "plan", "preview"]);

/** Options by which a command names a deployment that no stack knows. */
const WITHOUT_STACK = /^(-p|--project|--path)(=.*)?$/;

/**
 * Lists the parts that a command needs.
 *
 * @param args arguments of the command line, from the command on
 */
export function neededParts(args: readonly string[]): Part[] {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const command = own.find((word) => !word.startsWith("-"));
  const isHelp = own.some((word) => /^(-h|--help|-v|-V|--version)$/.test(word));
  if (command === undefined || isHelp || WITHOUT_PULUMI.has(command)) {
    return [];
  }
  // `keys export --project` names one of several deployments of a stack.
  if (command !== "keys" && own.some((word) => WITHOUT_STACK.test(word))) {
    return [];
  }
  return WITH_PROGRAM.has(command) ? ["pulumi", "plugin"] : ["pulumi"];
}
