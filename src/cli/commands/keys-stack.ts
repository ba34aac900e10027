import type { StackOptions } from "../../pulumi/cli/run.ts";
import type { Session } from "../session.ts";

/** Which stack keys are about. */
export interface StackOption {
  readonly stack: string;
  readonly cwd: string;
}

/** The stack as calls of Pulumi take it. */
export function stackOf(session: Session, options: StackOption): StackOptions {
  return {
    stack: options.stack,
    folder: options.cwd,
    environment: session.environment,
    signal: session.signal,
  };
}
