/** Settings of how Lago runs. Each field's variable stands in `docs/settings.md`. */

/** Workers, which run jobs. */
export interface WorkerSettings {
  /** Jobs that one worker runs at a time. Defaults to 10. */
  concurrency?: number | undefined;
  /** Whether the api shows Sidekiq's page to everybody. Defaults to `false`. */
  web?: boolean | undefined;
  /** Kinds of jobs that have workers of their own; without such workers they never run. */
  queues?: QueueSettings | undefined;
  /** Organizations whose wallets and alerts have a pool of their own. */
  dedicatedOrganizationIds?: readonly string[] | undefined;
  /** Seconds between two refreshes for those organizations. */
  dedicatedRefreshIntervalSeconds?: number | undefined;
  /** Failed jobs that are kept. Defaults to 100000. */
  maxDeadJobs?: number | undefined;
  /** Seconds between two looks for jobs that fell due, 0.1 to 3600. Defaults to 5. */
  scheduledPollIntervalSeconds?: number | undefined;
  /** HOST:PORT of a StatsD server for Sidekiq Pro. */
  statsdEndpoint?: string | undefined;
}

/** Which kinds of jobs have workers of their own. All default to `false`. */
export interface QueueSettings {
  events?: boolean | undefined;
  pdfs?: boolean | undefined;
  billing?: boolean | undefined;
  clock?: boolean | undefined;
  webhook?: boolean | undefined;
  payments?: boolean | undefined;
  analytics?: boolean | undefined;
  aiAgent?: boolean | undefined;
  /** From v1.51 on. */
  alerts?: boolean | undefined;
  /** From v1.51 on. */
  wallets?: boolean | undefined;
}

/** The api's processes. */
export interface ApiSettings {
  /** Most requests that one process serves at a time. Defaults to 3. */
  maxThreads?: number | undefined;
  /** Threads that each process keeps. Defaults to 0. */
  minThreads?: number | undefined;
  /** Processes; 0 for a single one without children. Defaults to 0. */
  processes?: number | undefined;
  /** Whether plain http is taken for what it is. Defaults to `false`: a proxy with TLS. */
  disableSsl?: boolean | undefined;
  /** Threads for the preview of one invoice. Defaults to 0. */
  previewThreads?: number | undefined;
  /** Most events in one batch. Defaults to 100. */
  eventsBatchMaxLength?: number | undefined;
  /** Opens the part that works across organizations, 16 characters or more. A secret. */
  adminKey?: string | undefined;
}

/** What runs by itself. */
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
  /** Whether the hourly validation of events is left out. Defaults to `false`. */
  eventsValidationDisabled?: boolean | undefined;
  /** Days before a subscription's end on which a webhook tells of it. Defaults to 15 and 45. */
  terminationAlertDays?: readonly string[] | undefined;
  /** Defaults to 600. From v1.51 on. */
  checkoutPaymentDelaySeconds?: number | undefined;
}

/** Delivery of webhooks. */
export interface WebhookSettings {
  /** How often one is tried. Defaults to 3. */
  attempts?: number | undefined;
  /** Seconds that a receiver has for its answer. Defaults to 30. */
  timeoutSeconds?: number | undefined;
}

/** What is told to Segment. */
export interface TelemetrySettings {
  /** Whether nothing is. Defaults to `false`. */
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
  /** Any text switches OpenTelemetry on. */
  otelExporter?: string | undefined;
  otelEndpoint?: string | undefined;
  /** Defaults to `lago-api`. */
  otelServiceName?: string | undefined;
  /** Switches Datadog on. */
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
