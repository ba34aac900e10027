import { BACKEND, DURATION, LIST, PORT, REDIS_URL, TEXT, type VariableEntry } from "../types.ts";

/** Sources: getlago/lago `docker-compose.yml`; getlago/lago-api `lib/lago/redis_config_builder.rb`. */
export const REDIS = [
  {
    name: "REDIS_URL",
    setting: "redis.url",
    type: REDIS_URL,
    // Lago's file builds the URL from REDIS_HOST and REDIS_PORT and offers no way to set it.
    summary: "A Redis of your own for the job queue, instead of the bundled one",
    secret: true,
    change: "other-data",
  },
  {
    name: "REDIS_HOST",
    setting: "redis.host",
    type: TEXT,
    summary: "Host name of the job queue's Redis",
    partOf: "REDIS_URL",
    effect: "file",
    lagoDefault: "redis",
    change: "other-data",
  },
  {
    name: "REDIS_PORT",
    setting: "redis.port",
    type: PORT,
    summary:
      "Port of the job queue's Redis: of the bundled one's container and its host port alike",
    roles: [...BACKEND, "compose"],
    partOf: "REDIS_URL",
    effect: "file",
    lagoDefault: "6379",
  },
  {
    name: "REDIS_PASSWORD",
    setting: "redis.password",
    type: TEXT,
    // Lago's file passes the password to the clients but not to its own Redis, which then refuses
    // them.
    summary: "Password of the job queue's Redis",
    effect: "file",
    secret: true,
    generated: true,
    lagoDefault: "",
    unsafeDefault: "the bundled Redis asks for no password, and Lago's file publishes its port",
  },
  {
    name: "LAGO_REDIS_SIDEKIQ_SENTINELS",
    setting: "redis.sentinels",
    type: LIST,
    summary: "Sentinels that know the job queue's Redis, as HOST:PORT",
    since: "v1.43.0",
  },
  {
    name: "LAGO_REDIS_SIDEKIQ_MASTER_NAME",
    setting: "redis.masterName",
    type: TEXT,
    summary: "Name of the job queue's Redis at its Sentinels",
    lagoDefault: "master",
    since: "v1.43.0",
  },
  {
    name: "LAGO_REDIS_SIDEKIQ_RETRY_WINDOW_SECONDS",
    setting: "redis.retryWindowSeconds",
    type: DURATION,
    summary: "Seconds for which a lost connection to the job queue is tried again",
    lagoDefault: "5",
    since: "v1.49.0",
  },
  {
    name: "LAGO_REDIS_CABLE_URL",
    setting: "redis.cableUrl",
    type: REDIS_URL,
    summary: "A Redis of its own for messages to browsers",
    effect: "file",
    secret: true,
    lagoDefault: "",
    since: "v1.42.0",
  },
] as const satisfies readonly VariableEntry[];
