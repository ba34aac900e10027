/** Parts of the set-up that a command of the command line needs beside Node. Pure. */
import type { Part } from "../../setup/all.ts";

/** Commands that need no Pulumi, whatever their options are. */
const WITHOUT_PULUMI = new Set(["complete", "complete-words", "help", "lint", "version"]);

/** Parts beside Pulumi: the provider of the program's commands, and what a deployment runs on. */
const MORE: Readonly<Record<string, readonly Part[]>> = {
  up: ["plugin", "docker", "images"],
  destroy: ["plugin", "docker"],
  drift: ["plugin"],
  pipeline: ["plugin"],
  plan: ["plugin"],
  preview: ["plugin"],
};

/** Options with a value that may stand before the command. */
const WITH_VALUE = new Set(["-s", "--stack", "-p", "--project", "--path", "--cwd"]);

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
  // Options such as `--stack dev` may stand before the command.
  const command = own.find((word, n) => !word.startsWith("-") && !WITH_VALUE.has(own[n - 1] ?? ""));
  const isHelp = own.some((word) => /^(-h|--help|-v|-V|--version)$/.test(word));
  if (command === undefined || isHelp || WITHOUT_PULUMI.has(command)) {
    return [];
  }
  // `keys export --project` names one of several deployments of a stack.
  if (command !== "keys" && own.some((word) => WITHOUT_STACK.test(word))) {
    return [];
  }
  return ["pulumi", ...(MORE[command] ?? [])];
}
