/** Settings of what Lago connects to. Each field's variable stands in `docs/settings.md`. */

/** Where Lago is reached. */
export interface UrlSettings {
  /** Where browsers and clients reach the api, with scheme. Defaults to localhost at its port. */
  api?: string | undefined;
  /** Where browsers reach the front, with scheme. Defaults to localhost at its port. */
  front?: string | undefined;
  /** Where providers send a person back after a log-in. Defaults to Lago's own service. */
  oauthProxy?: string | undefined;
}

/** What the files in Lago's `deploy` folder ask for, and no others. */
export interface ProxySettings {
  /** Public host name. */
  domain?: string | undefined;
  /** Address that Let's Encrypt writes to. */
  acmeEmail?: string | undefined;
}

/** Portainer's administrator, for Lago's deploy/docker-compose.production.yml. */
export interface PortainerSettings {
  user?: string | undefined;
  /** 12 characters or more. A secret. */
  password?: string | undefined;
}

/** The PostgreSQL database. */
export interface DatabaseSettings {
  /** A database of your own, `postgresql://USER:PASSWORD@HOST:5432/DATABASE`. A secret. */
  url?: string | undefined;
  /** The same database through a connection pooler. A secret. In no release up to v1.51. */
  poolerUrl?: string | undefined;
  /** Host name. Defaults to the bundled database. */
  host?: string | undefined;
  /** Port, 1 to 65535. Defaults to 5432. */
  port?: number | undefined;
  /** Name of the database. Defaults to `lago`. */
  name?: string | undefined;
  /** User. Defaults to `lago`. */
  user?: string | undefined;
  /** Password. A secret. Generated once unless given. */
  password?: string | undefined;
  /** Schema of Lago's tables, which must exist. Defaults to `public`. */
  schema?: string | undefined;
  /** Most connections of one process. Defaults to 10. */
  pool?: number | undefined;
  /** Whether prepared statements are used. Defaults to `true`. */
  preparedStatements?: boolean | undefined;
  /** Milliseconds after which a statement is ended; 0 for never. Defaults to the server's rule. */
  statementTimeoutMs?: number | undefined;
  /** Milliseconds that a statement waits for a lock. Defaults to the server's rule. */
  lockTimeoutMs?: number | undefined;
  /** Milliseconds after which an idle transaction is ended. Defaults to the server's rule. */
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
  /** Sentinels that know it, as HOST:PORT. */
  sentinels?: readonly string[] | undefined;
  /** Its name at the Sentinels. Defaults to `master`. */
  masterName?: string | undefined;
  /** Seconds for which a lost connection is tried again. Defaults to 5. */
  retryWindowSeconds?: number | undefined;
  /** A Redis of its own for messages to browsers. A secret. Defaults to the job queue's. */
  cableUrl?: string | undefined;
}

/** The cache, which lies in the job queue's Redis unless told otherwise. */
export interface CacheSettings {
  /** A Redis of your own. A secret. */
  url?: string | undefined;
  host?: string | undefined;
  /** Port, 1 to 65535. Defaults to 6379. */
  port?: number | undefined;
  /** Password. A secret. */
  password?: string | undefined;
  /** Most connections of one process. Defaults to 5. */
  poolSize?: number | undefined;
  /** Sentinels that know it, as HOST:PORT. */
  sentinels?: readonly string[] | undefined;
  /** Its name at the Sentinels. Defaults to `master`. */
  masterName?: string | undefined;
  /** Memcached servers as HOST:PORT, instead of Redis. */
  memcacheServers?: readonly string[] | undefined;
}

/** Mail. Without a server Lago sends none. */
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
  /** Domain that Lago introduces itself with. */
  smtpDomain?: string | undefined;
}
