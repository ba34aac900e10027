import type { ComposeReads } from "../compose/reads.ts";
import type { EngineSettings } from "../engine/settings.ts";
import type { WantedPorts } from "../ports/choose.ts";
import type { WorkersSettings } from "../workers/pools.ts";
import type { Readiness } from "./readiness.ts";
import type { ContainerStatus } from "./status.ts";
import type { Timings } from "./timings.ts";

/** How `docker compose` treats images: see {@link LagoDeploymentOptions.pullPolicy}. */
export const PULL_POLICIES = ["missing", "always", "never"] as const;

/** One of {@link PULL_POLICIES}. */
export type PullPolicy = (typeof PULL_POLICIES)[number];

/** A step of a running operation, for a person who waits. */
export interface Progress {
  /** One line, without secrets. */
  readonly message: string;
  /** The service it is about, if it is about one. */
  readonly service?: string;
}

/** Receives the steps of an operation as they happen. */
export type ProgressListener = (progress: Progress) => void;

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

/** What a {@link LagoDeployment} needs to know beside its folder. All optional. */
export interface LagoDeploymentOptions extends EngineSettings {
  /**
   * Compose project name: lower-case letters, digits, `-` and `_`. Defaults to the name that
   * compose itself gives a project in the folder.
   */
  readonly projectName?: string | undefined;
  /**
   * Compose files, later ones on top, relative to the folder. Defaults to the file that compose
   * finds by itself and its `.override` beside it.
   */
  readonly composeFiles?: readonly string[] | undefined;
  /** Compose profiles to switch on. Defaults to none. */
  readonly profiles?: readonly string[] | undefined;
  /** Further environment variables for the compose files and Lago's back-end services. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Where api and front are published; `auto` for a port that the project has already, or else for a
   * free one. Defaults to 127.0.0.1, ports 3000 and 80.
   */
  readonly ports?: WantedPorts | undefined;
  /**
   * When images are pulled: `missing` ones only, `always`, or `never`. Defaults to `missing`.
   */
  readonly pullPolicy?: PullPolicy | undefined;
  /**
   * Whether a generated override undoes what ties the file to one deployment a host: fixed
   * container names and published database ports. Defaults to true; false runs the files as they
   * are, and then settings reach only what the files themselves refer to.
   */
  readonly isolated?: boolean | undefined;
  /** Findings that are accepted although they are not safe, by name. Defaults to none. */
  readonly allowUnsafe?: readonly string[] | undefined;
  /** Release of Lago whose images run, such as `v1.50.0`. Defaults to the compose files' own. */
  readonly version?: string | undefined;
  /** Memory limits by service name, such as `{ api: "1g" }`. Defaults to none. */
  readonly memoryLimits?: Readonly<Record<string, string>> | undefined;
  /** Background jobs that get workers of their own. Defaults to none: one worker does it all. */
  readonly workers?: WorkersSettings | undefined;
  /**
   * Whether nobody chose the variable `REDIS_PASSWORD`, so that it counts only where the files' own
   * Redis can have one. Defaults to false.
   */
  readonly redisPasswordIsMade?: boolean | undefined;
  /** A new value makes the next start restart every service. Defaults to none. */
  readonly restartToken?: string | undefined;
  /**
   * Names of the keys that may differ from those that existing data was made with, such as
   * `encryptionPrimaryKey`. What that loses is lost for good. Defaults to none.
   */
  readonly allowKeyChange?: readonly string[] | undefined;
  /**
   * Keys or names of volumes that the compose files may leave out of use, such as
   * `lago_postgres_data`. The volumes stay; services go on without what is in them. Defaults to none.
   */
  readonly allowVolumeChange?: readonly string[] | undefined;
  /** Deadline of each docker call in milliseconds. Defaults to 600000, ten minutes. */
  readonly timeoutMs?: number | undefined;
  /**
   * How long a start may take until every service is ready, in seconds. Defaults to 300. At
   * least as long a starting service may fail its health check without being called unhealthy.
   */
  readonly startTimeoutSeconds?: number | undefined;
  /**
   * How long an operation waits while another one changes the same project, in seconds, 0 or more.
   * Defaults to 60.
   */
  readonly lockTimeoutSeconds?: number | undefined;
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

/** How long a start may take unless given, in seconds. */
export const DEFAULT_START_TIMEOUT_SECONDS = 300;

/** How long an operation waits for another one on the same project unless given, in seconds. */
export const DEFAULT_LOCK_TIMEOUT_SECONDS = 60;
