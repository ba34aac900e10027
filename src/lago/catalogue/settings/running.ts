/** Settings of Lago's processes and jobs. `docs/settings.md` lists the variable of each field. */

/** Workers, which run jobs. */
export interface WorkerSettings {
  /** Jobs that one worker runs at a time. Defaults to 10. */
  concurrency?: number | undefined;
  /** Whether the api shows Sidekiq's page to everybody. Defaults to `false`. */
  web?: boolean | undefined;
  /** Kinds of jobs with dedicated workers. Without such workers those jobs never run. */
  queues?: QueueSettings | undefined;
  /** Organizations whose wallets and alerts have a dedicated pool. */
  dedicatedOrganizationIds?: readonly string[] | undefined;
  /** Seconds between two refreshes for those organizations. */
  dedicatedRefreshIntervalSeconds?: number | undefined;
  /** Number of failed jobs to keep. Defaults to 100000. */
  maxDeadJobs?: number | undefined;
  /** Seconds between two polls for jobs that are due, 0.1 to 3600. Defaults to 5. */
  scheduledPollIntervalSeconds?: number | undefined;
  /** HOST:PORT of a StatsD server for Sidekiq Pro. */
  statsdEndpoint?: string | undefined;
}

/** Kinds of jobs with dedicated workers. All default to `false`. */
export interface QueueSettings {
  events?: boolean | undefined;
  pdfs?: boolean | undefined;
  billing?: boolean | undefined;
  clock?: boolean | undefined;
  webhook?: boolean | undefined;
  payments?: boolean | undefined;
  analytics?: boolean | undefined;
  aiAgent?: boolean | undefined;
  /** Whether alerts have dedicated workers. From v1.51 on. */
  alerts?: boolean | undefined;
  /** Whether wallets have dedicated workers. From v1.51 on. */
  wallets?: boolean | undefined;
}

/** The api's processes. */
export interface ApiSettings {
  /** Maximum requests that one process serves at a time. Defaults to 3. */
  maxThreads?: number | undefined;
  /** Threads that each process keeps. Defaults to 0. */
  minThreads?: number | undefined;
  /** Number of processes; 0 for a single process without children. Defaults to 0. */
  processes?: number | undefined;
  /**
   * Whether Lago treats plain http as plain http. Defaults to `false`: a proxy with TLS is assumed.
   */
  disableSsl?: boolean | undefined;
  /** Threads for the preview of one invoice. Defaults to 0. */
  previewThreads?: number | undefined;
  /** Maximum events in one batch. Defaults to 100. */
  eventsBatchMaxLength?: number | undefined;
  /** Key of the admin API, which works across organizations, 16 characters or more. A secret. */
  adminKey?: string | undefined;
}

/** Jobs that run on a schedule. */
export interface JobSettings {
  /** Defaults to `false`. */
  walletRefreshDisabled?: boolean | undefined;
  /** Defaults to 300. */
  walletRefreshIntervalSeconds?: number | undefined;
  /** Defaults to `false`. */
  lifetimeUsageRefreshDisabled?: boolean | undefined;
  /** Defaults to 300. */
  lifetimeUsageRefreshIntervalSeconds?: number | undefined;
  /** Defaults to 60. */
  subscriptionActivityIntervalSeconds?: number | undefined;
  /** Seconds over which the jobs of daily usage are spread. */
  dailyUsageJitterSeconds?: number | undefined;
  /** Whether the hourly validation of events is disabled. Defaults to `false`. */
  eventsValidationDisabled?: boolean | undefined;
  /** Days before a subscription's end on which Lago sends a webhook. Defaults to 15 and 45. */
  terminationAlertDays?: readonly string[] | undefined;
  /** Defaults to 600. From v1.51 on. */
  checkoutPaymentDelaySeconds?: number | undefined;
}

/** Delivery of webhooks. */
export interface WebhookSettings {
  /** Delivery attempts of one webhook. Defaults to 3. */
  attempts?: number | undefined;
  /** Seconds within which a receiver must answer. Defaults to 30. */
  timeoutSeconds?: number | undefined;
}

/** Telemetry that Lago sends to Segment. */
export interface TelemetrySettings {
  /** Whether telemetry is disabled. Defaults to `false`. */
  disabled?: boolean | undefined;
  /** Key of a Segment account of your own. A secret. */
  segmentWriteKey?: string | undefined;
}

/** Logs, errors, traces. */
export interface MonitoringSettings {
  /** Defaults to `info`. */
  logLevel?: "debug" | "info" | "warn" | "error" | "fatal" | "unknown" | undefined;
  /** Whether log lines go to the container's log. Defaults to `true`. */
  logToStdout?: boolean | undefined;
  sentryDsn?: string | undefined;
  sentryDsnFront?: string | undefined;
  /** Defaults to `production`. */
  sentryEnvironment?: string | undefined;
  /** 0 to 1. Defaults to 0. */
  sentryTracesSampleRate?: number | undefined;
  /** Whether Sentry watches the scheduled jobs. Defaults to `false`. */
  sentryCrons?: boolean | undefined;
  /** Exporter of OpenTelemetry. Any text enables OpenTelemetry. */
  otelExporter?: string | undefined;
  otelEndpoint?: string | undefined;
  /** Defaults to `lago-api`. */
  otelServiceName?: string | undefined;
  /** Host of the Datadog agent. Enables Datadog. */
  datadogAgentHost?: string | undefined;
  /** Defaults to `production`. */
  datadogEnvironment?: string | undefined;
  /** Defaults to `lago-api`. */
  datadogServiceName?: string | undefined;
  /** 0 to 1. Defaults to 1. */
  datadogTraceSampleRate?: number | undefined;
  /** A secret. */
  newRelicKey?: string | undefined;
}
