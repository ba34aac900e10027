import type { Output } from "./output.ts";

/** What a command has of the process that it runs in. */
export interface Session {
  readonly output: Output;
  /** Fires when a person or a service manager asks the process to end. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
