import { BOOLEAN, HTTP_URL, PRESENCE, REDIS_URL, TEXT, type VariableEntry } from "../types.ts";

function topic<const Name extends string, const Setting extends string>(
  name: Name,
  setting: Setting,
  holds: string,
  since: string,
) {
  return { name, setting, type: TEXT, summary: `Kafka topic of ${holds}`, since } as const;
}

/**
 * Sources: getlago/lago-api `karafka.rb`, `config/initializers/meilisearch.rb`,
 * `app/services/subscriptions/consume_subscription_refreshed_queue_service.rb`.
 */
export const EVENT_PIPELINE = [
  topic("LAGO_KAFKA_RAW_EVENTS_TOPIC", "eventStore.kafka.rawEventsTopic", "events", "v1.0.0"),
  topic(
    "LAGO_KAFKA_ENRICHED_EVENTS_TOPIC",
    "eventStore.kafka.enrichedEventsTopic",
    "enriched events",
    "v1.51.0",
  ),
  topic(
    "LAGO_KAFKA_ACTIVITY_LOGS_TOPIC",
    "eventStore.kafka.activityLogsTopic",
    "activity logs",
    "v1.27.1",
  ),
  topic("LAGO_KAFKA_API_LOGS_TOPIC", "eventStore.kafka.apiLogsTopic", "api logs", "v1.32.0"),
  topic(
    "LAGO_KAFKA_SECURITY_LOGS_TOPIC",
    "eventStore.kafka.securityLogsTopic",
    "security logs",
    "v1.43.0",
  ),
  {
    name: "LAGO_KARAFKA_WEB",
    setting: "eventStore.karafka.web",
    type: PRESENCE,
    summary: "Whether the api shows Karafka's page at /karafka, to everybody",
    since: "v1.16.1",
  },
  {
    name: "LAGO_KARAFKA_WEB_SECRET",
    setting: "eventStore.karafka.webSecret",
    type: TEXT,
    summary: "Signs the sessions of that page",
    secret: true,
    requiredWhen: { variable: "LAGO_KARAFKA_WEB" },
    since: "v1.16.1",
  },
  {
    name: "LAGO_REDIS_STORE_URL",
    setting: "eventStore.redis.url",
    type: REDIS_URL,
    summary: "Redis through which the event pipeline reports refreshed subscriptions",
    roles: ["worker", "clock"],
    secret: true,
    since: "v1.16.1",
  },
  {
    name: "LAGO_REDIS_STORE_PASSWORD",
    setting: "eventStore.redis.password",
    type: TEXT,
    summary: "Password of that Redis",
    roles: ["worker"],
    secret: true,
    since: "v1.16.1",
  },
  {
    name: "LAGO_REDIS_STORE_DB",
    setting: "eventStore.redis.database",
    type: { kind: "integer", min: 0, max: 65_535 },
    summary: "Number of the database in that Redis",
    roles: ["worker"],
    since: "v1.16.1",
  },
  {
    name: "LAGO_REDIS_STORE_SSL",
    setting: "eventStore.redis.ssl",
    type: PRESENCE,
    summary: "Whether that Redis is reached by TLS",
    roles: ["worker"],
    since: "v1.40.0",
  },
  {
    name: "LAGO_REDIS_STORE_DISABLE_SSL_VERIFY",
    setting: "eventStore.redis.sslVerifyDisabled",
    type: PRESENCE,
    summary: "Whether its certificate is not verified",
    roles: ["worker"],
    since: "v1.40.0",
  },
  {
    name: "LAGO_MEILISEARCH_URL",
    setting: "search.url",
    type: HTTP_URL,
    summary: "A Meilisearch server; switches its index on",
    since: "v1.51.0",
  },
  {
    name: "LAGO_MEILISEARCH_API_KEY",
    setting: "search.apiKey",
    type: TEXT,
    summary: "Key of that server",
    secret: true,
    requiredWhen: { variable: "LAGO_MEILISEARCH_URL" },
    since: "v1.51.0",
  },
  {
    name: "LAGO_MEILISEARCH_SEARCH_ENABLED",
    setting: "search.enabled",
    type: BOOLEAN,
    summary: "Whether searches use the index",
    lagoDefault: "false",
    since: "v1.51.0",
  },
] as const satisfies readonly VariableEntry[];
