import { COUNT, LIST, PORT, REDIS_URL, TEXT, type VariableEntry } from "../types.ts";

/** Sources: getlago/lago-api `lib/lago/redis_config_builder.rb`, `config/environments/production.rb`. */
export const CACHE = [
  {
    name: "LAGO_REDIS_CACHE_URL",
    setting: "cache.url",
    type: REDIS_URL,
    summary: "A Redis of your own for the cache, instead of the job queue's",
    secret: true,
  },
  {
    name: "LAGO_REDIS_CACHE_HOST",
    setting: "cache.host",
    type: TEXT,
    summary: "Host name of the cache's Redis",
    partOf: "LAGO_REDIS_CACHE_URL",
    effect: "file",
    lagoDefault: "redis",
  },
  {
    name: "LAGO_REDIS_CACHE_PORT",
    setting: "cache.port",
    type: PORT,
    summary: "Port of the cache's Redis",
    partOf: "LAGO_REDIS_CACHE_URL",
    effect: "file",
    lagoDefault: "6379",
  },
  {
    name: "LAGO_REDIS_CACHE_PASSWORD",
    setting: "cache.password",
    type: TEXT,
    summary: "Password of the cache's Redis",
    effect: "file",
    secret: true,
    generated: true,
    lagoDefault: "",
  },
  {
    name: "LAGO_REDIS_CACHE_POOL_SIZE",
    setting: "cache.poolSize",
    type: COUNT,
    summary: "Most connections of one process to the cache",
    lagoDefault: "5",
    since: "v1.15.0",
  },
  {
    name: "LAGO_REDIS_CACHE_SENTINELS",
    setting: "cache.sentinels",
    type: LIST,
    // Lago's documentation says that sentinels use REDIS_PASSWORD; its code uses the cache's own.
    summary:
      "Sentinels that know the cache's Redis, as HOST:PORT; its password is `cache.password`",
    since: "v1.47.0",
  },
  {
    name: "LAGO_REDIS_CACHE_MASTER_NAME",
    setting: "cache.masterName",
    type: TEXT,
    summary: "Name of the cache's Redis at its Sentinels",
    lagoDefault: "master",
    since: "v1.47.0",
  },
  {
    name: "LAGO_MEMCACHE_SERVERS",
    setting: "cache.memcacheServers",
    type: LIST,
    summary: "Memcached servers as HOST:PORT, which then hold the cache instead of Redis",
  },
] as const satisfies readonly VariableEntry[];
