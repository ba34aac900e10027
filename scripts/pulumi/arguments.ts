import { SetupFailure, USAGE_EXIT_CODE } from "../../setup/failure.ts";

/** Arguments of the scripts that work on a stack. */
export interface StackArguments {
  readonly stack: string;
  /** Whether to go on without a question. Absent where not given. */
  readonly yes?: true;
  /** Whether Pulumi shows its own output. Absent where not given. */
  readonly verbose?: true;
  /** Arguments for Pulumi. */
  readonly rest: readonly string[];
}

const FLAGS: readonly string[] = ["--yes", "--verbose"];

/**
 * Parses `[--stack NAME] [--yes] [--verbose] [-- arguments for Pulumi]`. The stack defaults to Z_BILLING_LAGO_STACK, or
 * else `dev`.
 *
 * @param command command that starts the script, such as `npm start`
 * @throws SetupFailure for any other arguments
 */
export function parseStackArguments(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StackArguments {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  let stack = env.Z_BILLING_LAGO_STACK || "dev";
  const all = args.slice(0, end);
  const own = all.filter((word) => !FLAGS.includes(word));
  for (let i = 0; i < own.length; i++) {
    const [name, inline] = (own[i] ?? "").split("=", 2);
    const value = inline ?? own[++i];
    if (name !== "--stack" || !value) {
      throw new SetupFailure(
        `"${own.join(" ")}" is not understood. Type \`${command} -- --stack NAME\`; arguments for Pulumi stand behind another --, as in \`${command} -- --stack NAME -- --diff\``,
        { exitCode: USAGE_EXIT_CODE },
      );
    }
    stack = value;
  }
  return {
    stack,
    ...(all.includes("--yes") ? { yes: true } : {}),
    ...(all.includes("--verbose") ? { verbose: true } : {}),
    rest: args.slice(end + 1),
  };
}
