import { SetupFailure, USAGE_EXIT_CODE } from "../../setup/failure.ts";
import type { StackArguments } from "../../src/stacks/context.ts";

/**
 * Parses `[--stack NAME] [-- arguments for Pulumi]`. The stack defaults to Z_BILLING_LAGO_STACK, or
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
