/**
 * All settings of a deployment beside Lago's own. A setting is given as an option of the library,
 * as an option of the command line, in the config of a stack, or as an argument of `LagoStack`.
 */
import type { EngineSettings } from "../docker/endpoint-settings.ts";
import type { NamedRole } from "../lago/catalogue/types.ts";
import type { WorkersSettings } from "../lago/pools.ts";
import { PULL_POLICIES, type PullPolicy } from "./pull-policy.ts";
import { option, type Setting } from "./setting.ts";
import type { WantedPorts } from "./wanted-ports.ts";

/** Settings of a deployment beside Lago's own, as one program can hand them to another. All optional. */
export interface DeploymentSettings extends EngineSettings {
  /**
   * Compose project name: lower-case letters, digits, `-` and `_`. Defaults to the name that
   * compose itself gives a project in the folder, by the `name:` of its files or else by the folder's
   * own name, or to `lago` for the bundled compose file.
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
   * Whether a reverse proxy on the engine is the only way to api and front. Neither is published on
   * the host. The proxy reaches both by the network `PROJECT_proxy`, at `PROJECT-api:3000` and
   * `PROJECT-front:80`, and a change starts the new container before the old one stops. Defaults to
   * false.
   */
  readonly behindProxy?: boolean | undefined;
  /**
   * When images are pulled: `missing` ones only, `always`, or `never`. Defaults to `missing`.
   */
  readonly pullPolicy?: PullPolicy | undefined;
  /** Findings that are accepted although they are not safe, by name. Defaults to none. */
  readonly allowUnsafe?: readonly string[] | undefined;
  /** Release of Lago whose images run, such as `v1.50.0`. Defaults to the compose files' own. */
  readonly version?: string | undefined;
  /**
   * Memory limits by name of the service, or by role, such as `{ api: "1g" }`. Defaults to none.
   */
  readonly memoryLimits?: Readonly<Record<string, string>> | undefined;
  /**
   * Roles of services whose image and command do not tell them, such as `{ backend: "api" }`.
   * Defaults to none.
   */
  readonly roles?: Readonly<Record<string, NamedRole>> | undefined;
  /**
   * Whether plain Docker Compose made the deployment, so that its containers stay as the compose files
   * make them. Only what somebody sets is added; limits of logs, quick health checks, unpublished
   * databases and values that nobody chose are left out. `adopt` sets it. Defaults to false.
   */
  readonly adopted?: boolean | undefined;
  /** Background jobs that get workers of their own. Defaults to none: one worker does it all. */
  readonly workers?: WorkersSettings | undefined;
  /**
   * Whether `REDIS_PASSWORD` was generated, so that it counts only where the files' own Redis can
   * have a password. Defaults to false.
   */
  readonly redisPasswordIsMade?: boolean | undefined;
  /**
   * Names of the variables whose values nobody chose, as keys that were generated, and that the
   * compose files give to some services. They go only to the others. Defaults to none.
   */
  readonly madeVariables?: readonly string[] | undefined;
  /** A new value makes the next start restart every service. Defaults to none. */
  readonly restartToken?: string | undefined;
  /**
   * Names of the keys that may differ from those that existing data was made with, such as
   * `encryptionPrimaryKey`. Data that needs the old key can never be read again. Defaults to none.
   */
  readonly allowKeyChange?: readonly string[] | undefined;
  /**
   * Keys or names of volumes that the compose files may leave out of use, such as
   * `lago_postgres_data`. The volumes stay; services go on without the data in them. Defaults to
   * none.
   */
  readonly allowVolumeChange?: readonly string[] | undefined;
  /**
   * Names of the risks for data that are accepted, as the plan shows them, such as `downgrade:api`.
   * Defaults to none.
   */
  readonly allowDataRisk?: readonly string[] | undefined;
  /**
   * Time until every service of a start must be ready, in seconds. Defaults to 300. A starting
   * service may fail its health check for at least as long without being unhealthy.
   */
  readonly startTimeoutSeconds?: number | undefined;
  /**
   * Longest wait for another operation on the same project, in seconds, 0 or more. Defaults to 60.
   */
  readonly lockTimeoutSeconds?: number | undefined;
}

/**
 * The settings by name. The state of a stack holds a spec as JSON text with the fields in this
 * order. Another order would make Pulumi update every deployment.
 */
export const SETTINGS = {
  projectName: {
    scope: "deployment",
    form: "text",
    rule: "text",
    options: [
      option(
        "project",
        "-p, --project <name>",
        "compose project, such as lago-dev (default: from --path)",
      ),
    ],
  },
  dockerHost: {
    scope: "deployment",
    form: "text",
    rule: "text",
    options: [
      option(
        "engine",
        "--docker-host <url>",
        "engine, such as ssh://deploy@lago.example.com (default: docker's own)",
      ),
    ],
  },
  dockerContext: {
    scope: "deployment",
    form: "text",
    rule: "text",
    options: [
      option(
        "engine",
        "--docker-context <name>",
        "one of docker's contexts, instead of --docker-host",
      ),
    ],
  },
  dockerCertPath: {
    scope: "deployment",
    form: "text",
    rule: "text",
    options: [
      option(
        "engine",
        "--docker-cert-path <folder>",
        "ca.pem, cert.pem and key.pem for a --docker-host of tcp://",
      ),
    ],
  },
  lagoPath: {
    scope: "spec",
    form: "text",
    rule: "text",
    options: [
      option(
        "files",
        "--path <folder>",
        "folder of Lago's compose file (default: the bundled file)",
      ),
    ],
  },
  composeFiles: {
    scope: "deployment",
    form: "object",
    rule: "texts",
    options: [option("files", "-f, --file <name...>", "compose files, relative to the folder")],
  },
  profiles: {
    scope: "deployment",
    form: "object",
    rule: "texts",
    options: [option("files", "--profile <name...>", "compose profiles to switch on")],
  },
  ports: {
    scope: "deployment",
    form: "object",
    rule: "ports",
    options: [
      option("files", "--api-port <port>", "host port of the api, or auto", {
        part: "api",
        value: "port",
      }),
      option("files", "--front-port <port>", "host port of the front, or auto", {
        part: "front",
        value: "port",
      }),
      option("files", "--address <ip>", "host address to publish on (default: 127.0.0.1)", {
        part: "address",
      }),
    ],
  },
  behindProxy: {
    scope: "deployment",
    form: "boolean",
    rule: "boolean",
    options: [
      option(
        "files",
        "--behind-proxy",
        "publish nothing: only a reverse proxy on the engine reaches api and front",
      ),
    ],
  },
  pullPolicy: {
    scope: "deployment",
    form: "text",
    rule: "pullPolicy",
    default: "missing",
    options: [
      option("files", "--pull-policy <policy>", "when to pull images", { choices: PULL_POLICIES }),
    ],
  },
  startTimeoutSeconds: {
    scope: "deployment",
    form: "number",
    rule: "positiveSeconds",
    default: 300,
    options: [
      option("start", "--start-timeout <seconds>", "how long to wait", { value: "whole number" }),
    ],
  },
  lockTimeoutSeconds: {
    scope: "deployment",
    form: "number",
    rule: "seconds",
    default: 60,
    options: [
      option(
        "lock",
        "--lock-timeout <seconds>",
        "how long to wait for another run on the project",
        { value: "whole number" },
      ),
    ],
  },
  version: {
    scope: "deployment",
    form: "text",
    rule: "release",
    options: [
      option(
        "start",
        "--release <tag>",
        "release of Lago to run, such as v1.50.0 (default: the file's)",
      ),
    ],
  },
  memoryLimits: { scope: "deployment", form: "object", rule: "sizes" },
  roles: {
    scope: "deployment",
    form: "object",
    rule: "roles",
    options: [
      option(
        "files",
        "--role <service=role...>",
        "role of a service that its image does not tell, such as backend=api",
        { value: "pairs" },
      ),
    ],
  },
  adopted: { scope: "deployment", form: "boolean", rule: "boolean" },
  workers: { scope: "deployment", form: "object", rule: "pools" },
  restartToken: { scope: "deployment", form: "text", rule: "text" },
  redisPasswordIsMade: { scope: "deployment", rule: "boolean" },
  madeVariables: { scope: "deployment", rule: "variableNames" },
  allowKeyChange: {
    scope: "deployment",
    form: "object",
    rule: "guardedKeys",
    options: [
      option(
        "start",
        "--allow-key-change <name...>",
        "keys that may differ from those the data was made with",
      ),
    ],
  },
  allowVolumeChange: {
    scope: "deployment",
    form: "object",
    rule: "texts",
    options: [
      option(
        "start",
        "--allow-volume-change <name...>",
        "volumes that the files may leave out of use, with their data",
      ),
    ],
  },
  allowUnsafe: {
    scope: "deployment",
    form: "object",
    rule: "texts",
    options: [
      option("start", "--allow-unsafe <name...>", "findings to accept although they are not safe"),
    ],
  },
  allowDataRisk: {
    scope: "deployment",
    form: "object",
    rule: "texts",
    options: [
      option(
        "start",
        "--allow-data-risk <name...>",
        "risks for data to accept, as plan names them",
      ),
    ],
  },
  removeVolumesOnDestroy: { scope: "spec", form: "text", rule: "volumeRemoval" },
  // Names, never values, of the variables that belong to the deployment.
  variables: { scope: "spec", rule: "variableNames" },
  logTail: { scope: "stack", form: "number", rule: "lines", default: 20 },
  protect: { scope: "stack", form: "boolean", rule: "boolean" },
  allowProjectRename: { scope: "stack", form: "text", rule: "text" },
  allowHostChange: { scope: "stack", form: "text", rule: "text" },
  organization: { scope: "stack", form: "object", rule: "organization" },
  settings: { scope: "stack", form: "object", rule: "lagoSettings", secret: true },
  environment: { scope: "stack", form: "object", rule: "variables", secret: true },
} as const satisfies Record<string, Setting>;

/** Name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** Names of the settings with one of some scopes. */
export type NameIn<Scope> = {
  [K in SettingName]: (typeof SETTINGS)[K]["scope"] extends Scope ? K : never;
}[SettingName];

/** Compiles only if there are no names. The compiler's error lists the names. */
export type NoName<Name extends never> = Name;

/**
 * Name of an option of the library. Does not compile if the table and the options have different
 * names.
 */
export type DeploymentSettingName =
  | NameIn<"deployment">
  | NoName<Exclude<NameIn<"deployment">, keyof DeploymentSettings>>
  | NoName<Exclude<keyof DeploymentSettings, NameIn<"deployment">>>;
