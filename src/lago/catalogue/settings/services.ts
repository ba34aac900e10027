/** Settings of further services. `docs/settings.md` lists the variable of each field. */

/** A Superset whose dashboards Lago shows. */
export interface SupersetSettings {
  /** URL at which the api reaches Superset. */
  url?: string | undefined;
  username?: string | undefined;
  /** A secret. */
  password?: string | undefined;
  /** URL at which browsers reach Superset. */
  publicUrl?: string | undefined;
}

/** The Nango account behind accounting and CRM integrations. */
export interface NangoSettings {
  /** A secret. */
  secretKey?: string | undefined;
  publicKey?: string | undefined;
}

/** An OAuth app of your own at GoCardless. */
export interface GocardlessSettings {
  clientId?: string | undefined;
  /** A secret. */
  clientSecret?: string | undefined;
}

/** Stripe. Its keys belong to the organizations, not to the deployment. */
export interface StripeSettings {
  /** Version of Stripe's API; only for tests of a newer one. */
  apiVersion?: string | undefined;
}

/** A Meilisearch server. From v1.51 on. */
export interface SearchSettings {
  /** URL of the server. Enables the search index. */
  url?: string | undefined;
  /** A secret. */
  apiKey?: string | undefined;
  /** Whether searches use the index. Defaults to `false`. */
  enabled?: boolean | undefined;
}

/** ClickHouse and Kafka, for very many events. */
export interface EventStoreSettings {
  clickhouse?: ClickhouseSettings | undefined;
  kafka?: KafkaSettings | undefined;
  karafka?: KarafkaSettings | undefined;
  redis?: EventRedisSettings | undefined;
  /** Store of the events of new organizations. Defaults to `postgres`. */
  defaultStore?: "postgres" | "clickhouse" | undefined;
}

export interface ClickhouseSettings {
  /** Defaults to `false`. */
  enabled?: boolean | undefined;
  /** Whether ClickHouse's migrations run too. Defaults to `false`. */
  migrations?: boolean | undefined;
  host?: string | undefined;
  /** HTTP port. Defaults to 8123. */
  port?: number | undefined;
  database?: string | undefined;
  username?: string | undefined;
  /** A secret. */
  password?: string | undefined;
  /** Whether the connection uses TLS. Defaults to `false`. */
  ssl?: boolean | undefined;
}

export interface KafkaSettings {
  /** Brokers as HOST:PORT. */
  bootstrapServers?: readonly string[] | undefined;
  securityProtocol?: string | undefined;
  saslMechanisms?: string | undefined;
  username?: string | undefined;
  /** A secret. */
  password?: string | undefined;
  rawEventsTopic?: string | undefined;
  enrichedEventsTopic?: string | undefined;
  activityLogsTopic?: string | undefined;
  apiLogsTopic?: string | undefined;
  securityLogsTopic?: string | undefined;
}

export interface KarafkaSettings {
  /** Whether the api shows Karafka's page to everybody. Defaults to `false`. */
  web?: boolean | undefined;
  /** Key that signs the sessions of Karafka's page. A secret. */
  webSecret?: string | undefined;
}

/** The Redis through which the event pipeline reports refreshed subscriptions. */
export interface EventRedisSettings {
  /** A secret. */
  url?: string | undefined;
  /** A secret. */
  password?: string | undefined;
  /** Number of the database. Defaults to 0. */
  database?: number | undefined;
  /** Whether the connection uses TLS. Defaults to `false`. */
  ssl?: boolean | undefined;
  /** Whether verification of the server's certificate is disabled. Defaults to `false`. */
  sslVerifyDisabled?: boolean | undefined;
}
