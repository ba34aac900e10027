import type { StackOptions } from "../../pulumi/cli/run.ts";
import type { CommandContext } from "../command-context.ts";

/** Options that name a stack. */
export interface StackOption {
  readonly stack: string;
  readonly cwd: string;
}

/** Returns the stack in the form that calls of Pulumi take. */
export function stackOf(context: CommandContext, options: StackOption): StackOptions {
  return {
    stack: options.stack,
    folder: options.cwd,
    environment: context.environment,
    signal: context.signal,
  };
}
