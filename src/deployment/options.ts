import type { ComposeReads } from "../compose/reads.ts";
import type { ProgressListener } from "../progress.ts";
import type { PullPolicy } from "../spec/pull-policy.ts";
import type { DeploymentSettings } from "../spec/settings.ts";
import type { Readiness } from "./readiness.ts";
import type { ContainerStatus } from "./status.ts";
import type { Timings } from "./timings.ts";

/**
 * What was found when services on their way up were looked at.
 *
 * @internal
 */
export interface Look {
  /** Where each service that is expected stands, in the order of their names. */
  readonly services: readonly Readiness[];
  readonly containers: readonly ContainerStatus[];
}

/**
 * Receives each look, about two a second.
 *
 * @internal
 */
export type LookListener = (look: Look) => void;

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
   * What compose has said of the files to another deployment of them, which is not asked again.
   * Defaults to nothing: this deployment asks for itself.
   *
   * @internal
   */
  readonly reads?: ComposeReads | undefined;
  /** Cancels whatever runs when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the steps of an operation as they happen. */
  readonly onProgress?: ProgressListener | undefined;
  /**
   * Called with each look at the services while a deployment waits for them. Defaults to nobody.
   *
   * @internal
   */
  readonly onLook?: LookListener | undefined;
  /**
   * Is told where the time of a deployment goes. Defaults to nobody.
   *
   * @internal
   */
  readonly timings?: Timings | undefined;
}

/** What may differ for one call from the deployment's options. */
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
