import type { StackOptions } from "../../pulumi/cli/run.ts";
import type { Session } from "../session.ts";

/** Options that name a stack. */
export interface StackOption {
  readonly stack: string;
  readonly cwd: string;
}

/** Returns the stack in the form that calls of Pulumi take. */
export function stackOf(session: Session, options: StackOption): StackOptions {
  return {
    stack: options.stack,
    folder: options.cwd,
    environment: session.environment,
    signal: session.signal,
  };
}
