import { SetupFailure, USAGE_EXIT_CODE } from "../../setup/failure.ts";

/** Arguments as they were typed, before the stack is known. */
export interface TypedArguments {
  /** Name of the stack; undefined where none was typed. */
  readonly stack: string | undefined;
  /** Whether to make the stack when there is none of that name. */
  readonly create: boolean;
  /** Whether to ask nothing. */
  readonly yes: boolean;
  /** Whether to show Pulumi's own output. */
  readonly verbose: boolean;
  /** Arguments for Pulumi. */
  readonly rest: readonly string[];
}

/** Options without a value. */
const FLAGS = {
  "--create": "create",
  "--yes": "yes",
  "-y": "yes",
  "--verbose": "verbose",
} as const;

/**
 * Parses `[STACK | --stack NAME] [--yes] [--create] [--verbose] [-- arguments for Pulumi]`.
 *
 * @param command command that starts the script, such as `npm start`
 * @throws SetupFailure for any other arguments
 */
export function parseStackArguments(command: string, args: readonly string[]): TypedArguments {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const own = args.slice(0, end);
  const flags = { create: false, yes: false, verbose: false };
  let stack: string | undefined;
  for (let i = 0; i < own.length; i++) {
    const word = own[i] ?? "";
    const [name, inline] = word.split("=", 2);
    if (Object.hasOwn(FLAGS, word)) {
      flags[FLAGS[word as keyof typeof FLAGS]] = true;
      continue;
    }
    const isNamed = name === "--stack" || name === "-s";
    const value = isNamed ? (inline ?? own[++i]) : word;
    if (!value || value.startsWith("-") || stack !== undefined) {
      throw new SetupFailure(
        `"${own.join(" ")}" is not understood. Type \`${command} -- STACK\`, with --yes where nobody can be asked; arguments for Pulumi stand behind another --, as in \`${command} -- STACK -- --diff\``,
        { exitCode: USAGE_EXIT_CODE },
      );
    }
    stack = value;
  }
  return { stack, ...flags, rest: args.slice(end + 1) };
}
