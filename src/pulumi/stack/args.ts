import type * as pulumi from "@pulumi/pulumi";
import type { LagoSettings } from "../../lago/catalogue/settings.ts";
import type { NamedRole } from "../../lago/catalogue/types.ts";

/** Settings of Lago itself. Every field may come from another resource or from secret config. */
export interface LagoStackConfig {
  /**
   * URL at which browsers and clients reach the api, with scheme. Defaults to localhost at its
   * port.
   */
  apiUrl?: pulumi.Input<string> | undefined;
  /** URL at which browsers reach the front, with scheme. Defaults to localhost at its port. */
  frontUrl?: pulumi.Input<string> | undefined;
  /**
   * A PostgreSQL database of your own, `postgresql://USER:PASSWORD@HOST:5432/DATABASE`. A secret.
   * Defaults to the deployment's own database with a generated password.
   */
  databaseUrl?: pulumi.Input<string> | undefined;
  /** A Redis server of your own, `redis://HOST:6379`. Defaults to the deployment's own Redis. */
  redisUrl?: pulumi.Input<string> | undefined;
  /** Rails' secret, 32 characters or more. A secret. Generated once unless given. */
  secretKeyBase?: pulumi.Input<string> | undefined;
  /**
   * RSA private key that signs webhooks, as PEM or base64 of PEM, 2048 bits or more. A secret.
   * Generated once unless given.
   */
  rsaPrivateKey?: pulumi.Input<string> | undefined;
  /**
   * API key of the first organization. A secret. Without effect where the stack opens no
   * organization. Generated once unless given.
   */
  apiKey?: pulumi.Input<string> | undefined;
  /**
   * Whether visitors are kept from creating an organization of their own. Defaults to `true` beside an
   * `organization`, and to `false` otherwise.
   */
  disableSignup?: pulumi.Input<boolean> | undefined;
}

/** The first organization and its first user. */
export interface LagoStackOrganization {
  /** Name of the organization. */
  name: pulumi.Input<string>;
  /** E-mail address with which its first user logs in. */
  email: pulumi.Input<string>;
}

/** Ports and address on which the deployment is published on its host. */
export interface LagoStackPorts {
  /**
   * Host port of the api, 1 to 65535, or `auto`: a free one, which stays the same for the life of the
   * stack. Defaults to 3000.
   */
  api?: pulumi.Input<number | "auto"> | undefined;
  /** Host port of the front, 1 to 65535, or `auto`, as for the api. Defaults to 80. */
  front?: pulumi.Input<number | "auto"> | undefined;
  /** Host address to publish on. Defaults to `127.0.0.1`, which only this host reaches. */
  address?: pulumi.Input<string> | undefined;
}

/** Workers of one kind of background job. */
export interface LagoStackWorker {
  /** Number of containers, 1 to 100. Defaults to 1. */
  count?: pulumi.Input<number> | undefined;
  /** Jobs that one container works on at once, 1 to 1000. Defaults to Lago's own. */
  concurrency?: pulumi.Input<number> | undefined;
}

/**
 * Background jobs that get workers of their own; the others stay with the general worker. The
 * services are added, and the switches that send jobs to them are set on every service that needs
 * them.
 */
export interface LagoStackWorkers {
  /** Ingestion of usage events. */
  events?: LagoStackWorker | undefined;
  /** Making of PDF documents. */
  pdfs?: LagoStackWorker | undefined;
  /** Making of invoices. */
  billing?: LagoStackWorker | undefined;
  /** Jobs that the clock starts. */
  clock?: LagoStackWorker | undefined;
  /** Sending of webhooks. */
  webhook?: LagoStackWorker | undefined;
  /** Payments. */
  payments?: LagoStackWorker | undefined;
  /** Analytics. */
  analytics?: LagoStackWorker | undefined;
  /** The AI agent. */
  aiAgent?: LagoStackWorker | undefined;
  /** Alerts on usage. */
  alerts?: LagoStackWorker | undefined;
  /** Wallets. */
  wallets?: LagoStackWorker | undefined;
}

/** Settings of which each part may come from another resource. */
export type SettingsInput<T> = {
  [K in keyof T]?: NonNullable<T[K]> extends object
    ? SettingsInput<NonNullable<T[K]>> | undefined
    : pulumi.Input<NonNullable<T[K]>> | undefined;
};

/** Arguments of a `LagoStack`. */
export interface LagoStackArgs {
  /**
   * Folder with Lago's compose file, such as a clone of github.com/getlago/lago; relative paths
   * start from the program's folder. Defaults to the compose file bundled with this package.
   */
  lagoPath?: pulumi.Input<string> | undefined;
  /**
   * Address of the Docker engine to deploy to: `ssh://USER@HOST:PORT`, `tcp://HOST:PORT` with TLS,
   * or `unix:///PATH/TO/SOCKET`. Can change only with `allowHostChange`. Defaults to docker's own
   * settings, such as `DOCKER_HOST`.
   */
  dockerHost?: pulumi.Input<string> | undefined;
  /** Name of one of docker's contexts, instead of `dockerHost`. Defaults to docker's current one. */
  dockerContext?: pulumi.Input<string> | undefined;
  /**
   * Folder with `ca.pem`, `cert.pem` and `key.pem` for a `tcp://` address. Defaults to
   * `DOCKER_CERT_PATH` if `DOCKER_TLS_VERIFY` is set.
   */
  dockerCertPath?: pulumi.Input<string> | undefined;
  /** Settings of Lago itself. */
  config?: LagoStackConfig | undefined;
  /**
   * The organization that the first start opens, with a generated password and API key: the output
   * `login` has both. It is opened once, and never where the data has an organization; later changes of
   * it have no effect. Defaults to none.
   */
  organization?: LagoStackOrganization | undefined;
  /**
   * Compose project name: lower-case letters, digits, `-` and `_`. Names of containers, networks
   * and volumes begin with it. Can change only with `allowProjectRename`. Defaults to the `name:` of
   * your own compose files, or else to `lago-` and the stack's name, so that only one deployment of a
   * stack can leave it out.
   */
  projectName?: pulumi.Input<string> | undefined;
  /** Compose files relative to `lagoPath`, later ones on top. Defaults to what compose finds. */
  composeFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Compose profiles to switch on. Defaults to none. */
  profiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Every setting of Lago, grouped as `docs/settings.md` lists them, such as
   * `{ mail: { smtpAddress: "smtp.example.com" } }`. Treated as secrets. Defaults to none.
   */
  settings?: pulumi.Input<SettingsInput<LagoSettings>> | undefined;
  /** Release of Lago whose images run, such as `v1.50.0`. Defaults to the compose files' own. */
  version?: pulumi.Input<string> | undefined;
  /** Memory limits by service or role, such as `{ api: "1g" }`. Defaults to none. */
  memoryLimits?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /**
   * Roles of services whose image and command do not tell them, such as `{ backend: "api" }`.
   * Defaults to none.
   */
  roles?: pulumi.Input<Record<string, pulumi.Input<NamedRole>>> | undefined;
  /** Further variables for the compose files and Lago's back-end services. Treated as secrets. */
  environment?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** Where api and front are published on the host. */
  ports?: LagoStackPorts | undefined;
  /**
   * Whether a reverse proxy on the engine is the only way to api and front. Neither is published on
   * the host. The proxy reaches both as the output `proxy` says, and a change starts the new
   * container before the old one stops. Defaults to `false`.
   */
  behindProxy?: pulumi.Input<boolean> | undefined;
  /**
   * Whether plain Docker Compose made the deployment, so that its containers stay as the compose files
   * make them. Only what somebody sets is added; limits of logs, quick health checks, unpublished
   * databases and values that nobody chose are left out. `zbl adopt` sets it. Defaults to `false`.
   */
  adopted?: pulumi.Input<boolean> | undefined;
  /** Background jobs that get workers of their own. Defaults to none: one worker does it all. */
  workers?: LagoStackWorkers | undefined;
  /**
   * Findings that are accepted although they are not safe, by the name that the refusal shows, such
   * as `public-http:LAGO_API_URL`. Defaults to none.
   */
  allowUnsafe?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** When images are pulled: `missing`, `always` or `never`. Defaults to `missing`. */
  pullPolicy?: pulumi.Input<string> | undefined;
  /** Time until every service of a start must be ready, in seconds. Defaults to 300. */
  startTimeoutSeconds?: pulumi.Input<number> | undefined;
  /**
   * Longest wait for another operation on the same project, in seconds, 0 or more. Defaults to 60.
   */
  lockTimeoutSeconds?: pulumi.Input<number> | undefined;
  /** Log lines of each service to show in the outputs, 0 to 1000. Defaults to 20. */
  logTail?: pulumi.Input<number> | undefined;
  /**
   * Names of the keys that may differ from those that existing data was made with, such as
   * `encryptionPrimaryKey`. Data that needs the old key is lost for good. Defaults to none.
   */
  allowKeyChange?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Keys of volumes that the compose files may leave out of use, such as `lago_postgres_data`. The
   * volumes stay; services go on without the data in them. Defaults to none.
   */
  allowVolumeChange?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Names of the risks for data that are accepted, as the preview shows them, such as
   * `downgrade:api`. Defaults to none.
   */
  allowDataRisk?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** A new value restarts the services on the next `pulumi up`. Defaults to none. */
  restartToken?: pulumi.Input<string> | undefined;
  /**
   * Whether Pulumi refuses to destroy the deployment and its keys, until this is `false` again and
   * `pulumi up` has run. Overrides the resource option of the same name. Defaults to that option.
   */
  protect?: boolean | undefined;
  /**
   * The old name, to let `projectName` change. The old project must have no containers by then, and
   * keeps its volumes. The new project begins without data, and with the same keys. Defaults to
   * none.
   */
  allowProjectRename?: pulumi.Input<string> | undefined;
  /**
   * The old `dockerHost` or `dockerContext`, or `default` if neither was set, to let the engine
   * change. The deployment must have no containers on the old engine by then, unless that engine is
   * gone for good. Volumes stay there, and the new deployment begins without data. Defaults to
   * none.
   */
  allowHostChange?: pulumi.Input<string> | undefined;
  /**
   * Name of the compose project, to have `pulumi destroy` remove its volumes and ALL DATA in them.
   * The preview refuses anything else, including `true`. Defaults to `false`: data stays.
   */
  removeVolumesOnDestroy?: pulumi.Input<string | false> | undefined;
}
