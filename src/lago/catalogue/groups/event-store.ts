import { BOOLEAN, LIST, PORT, PRESENCE, TEXT, type VariableEntry } from "../types.ts";

const CLICKHOUSE_ON = { variable: "LAGO_CLICKHOUSE_ENABLED" } as const;

/** Sources: getlago/lago-api `config/database.yml`, `karafka.rb`, `app/services/events`. */
export const EVENT_STORE = [
  {
    name: "LAGO_CLICKHOUSE_ENABLED",
    setting: "eventStore.clickhouse.enabled",
    type: PRESENCE,
    summary: "Whether events may lie in ClickHouse",
  },
  {
    name: "LAGO_CLICKHOUSE_MIGRATIONS_ENABLED",
    setting: "eventStore.clickhouse.migrations",
    type: PRESENCE,
    summary: "Whether the migrations of ClickHouse run too",
    roles: ["migrate"],
    since: "v1.6.3",
  },
  {
    name: "LAGO_CLICKHOUSE_HOST",
    setting: "eventStore.clickhouse.host",
    type: TEXT,
    summary: "Host name of ClickHouse",
    requiredWhen: CLICKHOUSE_ON,
  },
  {
    name: "LAGO_CLICKHOUSE_PORT",
    setting: "eventStore.clickhouse.port",
    type: PORT,
    summary: "HTTP port of ClickHouse",
    lagoDefault: "8123",
  },
  {
    name: "LAGO_CLICKHOUSE_DATABASE",
    setting: "eventStore.clickhouse.database",
    type: TEXT,
    summary: "Database in ClickHouse",
    requiredWhen: CLICKHOUSE_ON,
  },
  {
    name: "LAGO_CLICKHOUSE_USERNAME",
    setting: "eventStore.clickhouse.username",
    type: TEXT,
    summary: "User of ClickHouse",
  },
  {
    name: "LAGO_CLICKHOUSE_PASSWORD",
    setting: "eventStore.clickhouse.password",
    type: TEXT,
    summary: "Password of ClickHouse",
    secret: true,
  },
  {
    name: "LAGO_CLICKHOUSE_SSL",
    setting: "eventStore.clickhouse.ssl",
    type: BOOLEAN,
    summary: "Whether ClickHouse is reached by TLS",
    lagoDefault: "false",
    since: "v1.4.0",
  },
  {
    name: "LAGO_DEFAULT_EVENT_STORE",
    setting: "eventStore.defaultStore",
    type: { kind: "enum", values: ["postgres", "clickhouse"] },
    summary: "Where the events of new organizations lie",
    lagoDefault: "postgres",
    since: "v1.47.0",
  },
  {
    name: "LAGO_KAFKA_BOOTSTRAP_SERVERS",
    setting: "eventStore.kafka.bootstrapServers",
    type: LIST,
    summary: "Kafka brokers that events are written to, as HOST:PORT",
  },
  {
    name: "LAGO_KAFKA_SECURITY_PROTOCOL",
    setting: "eventStore.kafka.securityProtocol",
    type: TEXT,
    summary: "Security protocol towards Kafka, such as sasl_ssl",
    since: "v1.3.0",
  },
  {
    name: "LAGO_KAFKA_SASL_MECHANISMS",
    setting: "eventStore.kafka.saslMechanisms",
    type: TEXT,
    summary: "SASL mechanism towards Kafka",
    since: "v1.3.0",
  },
  {
    name: "LAGO_KAFKA_USERNAME",
    setting: "eventStore.kafka.username",
    type: TEXT,
    summary: "User at Kafka",
    since: "v1.3.0",
  },
  {
    name: "LAGO_KAFKA_PASSWORD",
    setting: "eventStore.kafka.password",
    type: TEXT,
    summary: "Password at Kafka",
    secret: true,
    requiredWhen: { variable: "LAGO_KAFKA_USERNAME" },
    since: "v1.3.0",
  },
] as const satisfies readonly VariableEntry[];
