import type { ComposeReads } from "../compose/compose-reads.ts";
import type { ProgressListener } from "../progress.ts";
import type { PullPolicy } from "../spec/pull-policy.ts";
import type { DeploymentSettings } from "../spec/settings.ts";
import type { Readiness } from "./readiness.ts";
import type { ContainerStatus } from "./status.ts";
import type { Timings } from "./timings.ts";

/**
 * Observation of services during a start.
 *
 * @internal
 */
export interface StatusPoll {
  /** Readiness of each expected service, in the order of their names. */
  readonly services: readonly Readiness[];
  readonly containers: readonly ContainerStatus[];
}

/**
 * Receives each observation: after each change of a container, and at least every two seconds.
 *
 * @internal
 */
export type StatusPollListener = (look: StatusPoll) => void;

/** Options of a {@link LagoDeployment}. All optional. */
export interface LagoDeploymentOptions extends DeploymentSettings {
  /** Further environment variables for the compose files and Lago's back-end services. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether a generated override undoes what ties the file to one deployment a host: fixed
   * container names and published database ports. Defaults to true; false runs the files as they
   * are, and then settings reach only what the files themselves refer to.
   */
  readonly isolated?: boolean | undefined;
  /** Deadline of each docker call in milliseconds. Defaults to 600000, ten minutes. */
  readonly timeoutMs?: number | undefined;
  /**
   * Answers of compose about the same files, shared with another deployment so that compose is not
   * asked again. Defaults to none: this deployment asks for itself.
   *
   * @internal
   */
  readonly reads?: ComposeReads | undefined;
  /** Cancels the running operation when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the steps of an operation as they happen. */
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Called with each observation of the services while a deployment waits for them. Defaults to
   * none.
   *
   * @internal
   */
  readonly onStatusPoll?: StatusPollListener | undefined;
  /**
   * Receives the time that each step of a deployment takes. Defaults to none.
   *
   * @internal
   */
  readonly timings?: Timings | undefined;
}

/** Options of one call, which override the deployment's. */
export interface CallOptions {
  /** Whether a start removes containers of services that are no longer declared. */
  readonly removeOrphans?: boolean | undefined;
  readonly pullPolicy?: PullPolicy | undefined;
  /** Milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Deadline of one docker call unless given, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 600_000;
