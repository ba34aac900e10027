import type { Engine } from "../docker/endpoint-settings.ts";
import type { ProgressListener } from "../progress.ts";
import { SETTINGS } from "../spec/settings.ts";

/** How long an operation waits for another one on the same project unless given, in seconds. */
export const DEFAULT_LOCK_TIMEOUT_SECONDS = SETTINGS.lockTimeoutSeconds.default;

/** Whose lock is wanted, and for what. */
export interface LockOptions {
  readonly project: string;
  /** What the lock is of, in words, where it is no project's. */
  readonly subject?: string | undefined;
  /** What is to be done, such as `up`, for those who have to wait for it. */
  readonly operation: string;
  /** How long to wait for another operation, in seconds, 0 or more. Defaults to 60. */
  readonly timeoutSeconds?: number | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Options of `withProjectLock`. */
export interface ProjectLockOptions extends LockOptions {
  /** The engine that the project is on. */
  readonly engine: Engine;
}
