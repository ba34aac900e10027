import type { EngineSettings } from "../docker/endpoint-settings.ts";
import type { WorkersSettings } from "../lago/pools.ts";
import type { WantedPorts } from "./wanted-ports.ts";

/** How `docker compose` treats images: see {@link LagoDeploymentOptions.pullPolicy}. */
export const PULL_POLICIES = ["missing", "always", "never"] as const;

/** One of {@link PULL_POLICIES}. */
export type PullPolicy = (typeof PULL_POLICIES)[number];

/** Settings of a deployment beside Lago's own, as one program can hand them to another. All optional. */
export interface DeploymentSettings extends EngineSettings {
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
  /**
   * Where api and front are published; `auto` for a port that the project has already, or else for a
   * free one. Defaults to 127.0.0.1, ports 3000 and 80.
   */
  readonly ports?: WantedPorts | undefined;
  /**
   * When images are pulled: `missing` ones only, `always`, or `never`. Defaults to `missing`.
   */
  readonly pullPolicy?: PullPolicy | undefined;
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
}
