import { SetupFailure, USAGE_EXIT_CODE } from "../../setup/failure.ts";

/** What the scripts that work on a stack are called with. */
export interface StackArguments {
  readonly stack: string;
  /** Arguments for Pulumi. */
  readonly rest: readonly string[];
}

/**
 * Reads `[--stack NAME] [-- arguments for Pulumi]`. Without a name it is Z_BILLING_LAGO_STACK's, and
 * without that `dev`.
 *
 * @param command how a person starts the script, such as `npm start`
 * @throws SetupFailure when anything else is given
 */
export function parseStackArguments(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StackArguments {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  let stack = env.Z_BILLING_LAGO_STACK || "dev";
  const own = args.slice(0, end);
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
  return { stack, rest: args.slice(end + 1) };
}
