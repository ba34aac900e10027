import { BOOLEAN, HTTP_URL, PRESENCE, TEXT, type VariableEntry } from "../types.ts";

const LOG_LEVELS = {
  kind: "enum",
  values: ["debug", "info", "warn", "error", "fatal", "unknown"],
} as const;

const FRACTION = { kind: "number", min: 0, max: 1 } as const;

/**
 * Sources: getlago/lago-api `config/initializers/{sentry,datadog,open_telemetry}.rb`,
 * `config/environments/production.rb`, `config/newrelic.yml`; getlago/lago-front `.env.sh`.
 */
export const MONITORING = [
  {
    name: "LAGO_LOG_LEVEL",
    setting: "monitoring.logLevel",
    type: LOG_LEVELS,
    summary: "The least weighty log lines that are written",
    lagoDefault: "info",
  },
  {
    name: "LAGO_RAILS_STDOUT",
    setting: "monitoring.logToStdout",
    type: BOOLEAN,
    summary: "Whether log lines go to the container's log",
    as: {
      api: "RAILS_LOG_TO_STDOUT",
      worker: "RAILS_LOG_TO_STDOUT",
      clock: "RAILS_LOG_TO_STDOUT",
      migrate: "RAILS_LOG_TO_STDOUT",
    },
    effect: "file",
    lagoDefault: "true",
  },
  {
    name: "SENTRY_DSN",
    setting: "monitoring.sentryDsn",
    type: HTTP_URL,
    summary: "Sentry project for errors of the back end",
  },
  {
    name: "SENTRY_DSN_FRONT",
    setting: "monitoring.sentryDsnFront",
    type: HTTP_URL,
    // Documented under this name; the front itself reads SENTRY_DSN.
    summary: "Sentry project for errors in browsers",
    roles: ["front"],
    as: { front: "SENTRY_DSN" },
  },
  {
    name: "SENTRY_ENVIRONMENT",
    setting: "monitoring.sentryEnvironment",
    type: TEXT,
    summary: "Name of this environment in Sentry",
    lagoDefault: "production",
    since: "v1.1.0",
  },
  {
    name: "SENTRY_TRACES_SAMPLE_RATE",
    setting: "monitoring.sentryTracesSampleRate",
    type: FRACTION,
    summary: "Fraction of requests that Sentry traces",
    lagoDefault: "0",
    since: "v1.6.0",
  },
  {
    name: "SENTRY_ENABLE_CRONS",
    setting: "monitoring.sentryCrons",
    type: PRESENCE,
    summary: "Whether Sentry watches the scheduled jobs",
    roles: ["worker", "clock"],
    since: "v1.6.1",
  },
  {
    name: "OTEL_EXPORTER",
    setting: "monitoring.otelExporter",
    type: TEXT,
    summary: "Any text switches OpenTelemetry on",
    since: "v1.1.1",
  },
  {
    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
    setting: "monitoring.otelEndpoint",
    type: HTTP_URL,
    summary: "Collector that OpenTelemetry sends to (read by its SDK)",
    since: "v1.1.1",
  },
  {
    name: "OTEL_SERVICE_NAME",
    setting: "monitoring.otelServiceName",
    type: TEXT,
    summary: "Name of this service in OpenTelemetry and in metrics",
    lagoDefault: "lago-api",
    since: "v1.33.3",
  },
  {
    name: "DD_AGENT_HOST",
    setting: "monitoring.datadogAgentHost",
    type: TEXT,
    summary: "Host of a Datadog agent; switches Datadog on",
    since: "v1.36.0",
  },
  {
    name: "DD_ENV",
    setting: "monitoring.datadogEnvironment",
    type: TEXT,
    summary: "Name of this environment in Datadog",
    lagoDefault: "production",
    since: "v1.36.0",
  },
  {
    name: "DD_SERVICE_NAME",
    setting: "monitoring.datadogServiceName",
    type: TEXT,
    summary: "Name of this service in Datadog",
    lagoDefault: "lago-api",
    since: "v1.36.0",
  },
  {
    name: "DD_TRACE_SAMPLE_RATE",
    setting: "monitoring.datadogTraceSampleRate",
    type: FRACTION,
    summary: "Fraction of requests that Datadog traces",
    lagoDefault: "1",
    since: "v1.36.0",
  },
  {
    name: "NEW_RELIC_KEY",
    setting: "monitoring.newRelicKey",
    type: TEXT,
    summary: "Key of a New Relic account",
    secret: true,
  },
] as const satisfies readonly VariableEntry[];
