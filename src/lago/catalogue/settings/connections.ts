/**
 * Settings of the services that Lago connects to. `docs/settings.md` lists the variable of each
 * field.
 */

/** Public addresses of Lago. */
export interface UrlSettings {
  /**
   * URL at which browsers and clients reach the api, with scheme. Defaults to localhost at its
   * port.
   */
  api?: string | undefined;
  /** URL at which browsers reach the front, with scheme. Defaults to localhost at its port. */
  front?: string | undefined;
  /** URL to which identity providers redirect after a login. Defaults to Lago's own service. */
  oauthProxy?: string | undefined;
}

/** Settings of the reverse proxy in Lago's `deploy` files; no other files use them. */
export interface ProxySettings {
  /** Public host name. */
  domain?: string | undefined;
  /** Contact address for Let's Encrypt. */
  acmeEmail?: string | undefined;
}

/** Portainer's administrator, for Lago's deploy/docker-compose.production.yml. */
export interface PortainerSettings {
  user?: string | undefined;
  /** Password, 12 characters or more. A secret. */
  password?: string | undefined;
}

/** The PostgreSQL database. */
export interface DatabaseSettings {
  /** A database of your own, `postgresql://USER:PASSWORD@HOST:5432/DATABASE`. A secret. */
  url?: string | undefined;
  /** URL of a connection pooler in front of the database. A secret. In no release up to v1.51. */
  poolerUrl?: string | undefined;
  /** Host name. Defaults to the bundled database. */
  host?: string | undefined;
  /** Port, 1 to 65535. Defaults to 5432. */
  port?: number | undefined;
  /** Name of the database inside the server. Defaults to `lago`. */
  name?: string | undefined;
  /** User. Defaults to `lago`. */
  user?: string | undefined;
  /** Password. A secret. Generated once unless given. */
  password?: string | undefined;
  /** Schema of Lago's tables, which must exist. Defaults to `public`. */
  schema?: string | undefined;
  /** Maximum connections of one process. Defaults to 10. */
  pool?: number | undefined;
  /** Whether prepared statements are used. Defaults to `true`. */
  preparedStatements?: boolean | undefined;
  /**
   * Milliseconds after which a statement is canceled; 0 for never. Defaults to the server's
   * setting.
   */
  statementTimeoutMs?: number | undefined;
  /** Milliseconds that a statement waits for a lock. Defaults to the server's setting. */
  lockTimeoutMs?: number | undefined;
  /** Milliseconds after which an idle transaction is ended. Defaults to the server's setting. */
  idleTransactionTimeoutMs?: number | undefined;
}

/** The Redis of the job queue. */
export interface RedisSettings {
  /** A Redis of your own, `redis://HOST:6379` or `rediss://`. A secret. */
  url?: string | undefined;
  /** Host name. Defaults to the bundled Redis. */
  host?: string | undefined;
  /** Port, 1 to 65535. Defaults to 6379. */
  port?: number | undefined;
  /** Password. A secret. */
  password?: string | undefined;
  /** Sentinels of this Redis, as HOST:PORT. */
  sentinels?: readonly string[] | undefined;
  /** Name of this Redis at its Sentinels. Defaults to `master`. */
  masterName?: string | undefined;
  /** Seconds during which a lost connection is retried. Defaults to 5. */
  retryWindowSeconds?: number | undefined;
  /** URL of a separate Redis for messages to browsers. A secret. Defaults to the job queue's. */
  cableUrl?: string | undefined;
}

/** The cache. Defaults to the job queue's Redis. */
export interface CacheSettings {
  /** A Redis of your own. A secret. */
  url?: string | undefined;
  host?: string | undefined;
  /** Port, 1 to 65535. Defaults to 6379. */
  port?: number | undefined;
  /** Password. A secret. */
  password?: string | undefined;
  /** Maximum connections of one process. Defaults to 5. */
  poolSize?: number | undefined;
  /** Sentinels of this Redis, as HOST:PORT. */
  sentinels?: readonly string[] | undefined;
  /** Name of this Redis at its Sentinels. Defaults to `master`. */
  masterName?: string | undefined;
  /** Memcached servers as HOST:PORT, instead of Redis. */
  memcacheServers?: readonly string[] | undefined;
}

/** Mail. Without a server Lago sends no mail. */
export interface MailSettings {
  /** Sender of Lago's own e-mails; required with a server. */
  from?: string | undefined;
  /** Host name of the mail server. */
  smtpAddress?: string | undefined;
  /** Port, 1 to 65535. Defaults to 587. */
  smtpPort?: number | undefined;
  /** User. A secret. */
  smtpUsername?: string | undefined;
  /** Password. A secret. */
  smtpPassword?: string | undefined;
  /** Domain in Lago's greeting to the mail server (HELO). */
  smtpDomain?: string | undefined;
}
