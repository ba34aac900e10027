/** Variables that follow from others, which Lago's own files leave to the reader. */
import { DEFAULT_DATABASE_URL, DEFAULT_REDIS_URL } from "./fields.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Host names of the database and the Redis that come with Lago's compose files. */
const BUNDLED_HOSTS = { database: "db", redis: "redis" } as const;

/** Carries the one line of configuration that makes the bundled Redis ask for its password. */
export const REDIS_CONFIG_VARIABLE = "Z_BILLING_LAGO_REDIS_CONFIG";

/** Whether the database is one of the user's own, so that the bundled one is superfluous. */
export function usesOwnDatabase(variables: Variables): boolean {
  const url = givenUrl(variables, "DATABASE_URL");
  // What cannot be read names no database of ours.
  const host = url ? hostOf(url) || url : variables.POSTGRES_HOST;
  return host !== undefined && host !== "" && host !== BUNDLED_HOSTS.database;
}

/** Whether the Redis is one of the user's own, so that the bundled one is superfluous. */
export function usesOwnRedis(variables: Variables): boolean {
  const hosts = [
    hostOf(givenUrl(variables, "REDIS_URL")) ?? variables.REDIS_HOST,
    hostOf(variables.LAGO_REDIS_CACHE_URL) ?? variables.LAGO_REDIS_CACHE_HOST,
  ];
  // Cache and queue share a Redis unless told otherwise, so the first alone decides then.
  const [queue, cache = queue] = hosts.map((host) => host || undefined);
  const own = (host: string | undefined) => host !== undefined && host !== BUNDLED_HOSTS.redis;
  return own(queue) && own(cache);
}

/** Variables beside `REDIS_URL` that may name a Redis in whole, its password included. */
const REDIS_ADDRESSES = [
  "LAGO_REDIS_CACHE_URL",
  "LAGO_REDIS_CABLE_URL",
  "LAGO_REDIS_STORE_URL",
] as const;

/**
 * Whether the bundled Redis may be given a password that nobody knows yet. Not where the job queue
 * lies elsewhere, which would refuse it, nor where an address that is given leads to the bundled one
 * without it.
 */
export function takesMadeRedisPassword(variables: Variables): boolean {
  const queueHost = variables.REDIS_HOST || BUNDLED_HOSTS.redis;
  const leadsThere = (address = "") =>
    /^([^/]*@)?redis(:|\/|$)/.test(address.replace(/^[a-z]+:\/\//i, ""));
  return (
    !givenUrl(variables, "REDIS_URL") &&
    queueHost === BUNDLED_HOSTS.redis &&
    !variables.LAGO_REDIS_SIDEKIQ_SENTINELS &&
    !REDIS_ADDRESSES.some((name) => leadsThere(variables[name]))
  );
}

/**
 * The given variables with those that follow from them: the whole database URL where a part of it
 * needs URL-encoding or is one that the file may not know, the password of the bundled Redis for
 * all that connect to it, and the first organisation's key. What is given is never changed.
 */
export function withDerived(variables: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...databaseUrl(variables),
    ...redis(variables),
    ...(variables.LAGO_API_KEY === undefined ? {} : { LAGO_ORG_API_KEY: variables.LAGO_API_KEY }),
    ...variables,
  };
}

const DATABASE_PARTS = ["POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER"] as const;

function databaseUrl(variables: Variables): Record<string, string> {
  const { POSTGRES_PASSWORD: password, POSTGRES_SCHEMA: schema } = variables;
  const parts = DATABASE_PARTS.some((name) => variables[name] !== undefined) || schema;
  const plain = /^[A-Za-z0-9._~-]*$/.test(password ?? "");
  if (password === undefined || givenUrl(variables, "DATABASE_URL") || (plain && !parts)) {
    return {};
  }
  const {
    POSTGRES_HOST: host = "db",
    POSTGRES_PORT: port = "5432",
    POSTGRES_DB: name = "lago",
    POSTGRES_USER: user = "lago",
  } = variables;
  const userInfo = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const query = `search_path=${encodeURIComponent(schema ?? "public")}`;
  return {
    DATABASE_URL: `postgresql://${userInfo}@${host}:${port}/${encodeURIComponent(name)}?${query}`,
  };
}

function redis(variables: Variables): Record<string, string> {
  const { REDIS_PASSWORD: password } = variables;
  const own = givenUrl(variables, "REDIS_URL");
  const cache = cacheBesideQueue(variables, own);
  if (!password) {
    return cache;
  }
  const { REDIS_HOST: host = BUNDLED_HOSTS.redis, REDIS_PORT: port = "6379" } = variables;
  // What is no URL is for the checks to name.
  const queue = URL.parse(own || `redis://${host}:${port}`);
  const cacheHost = variables.LAGO_REDIS_CACHE_HOST || BUNDLED_HOSTS.redis;
  const shared =
    !variables.LAGO_REDIS_CACHE_URL && [queue?.hostname, BUNDLED_HOSTS.redis].includes(cacheHost);
  return {
    ...cache,
    ...(shared ? { LAGO_REDIS_CACHE_PASSWORD: password } : {}),
    ...(queue
      ? {
          LAGO_REDIS_CABLE_URL: `${queue.protocol}//:${encodeURIComponent(password)}@${queue.host}`,
        }
      : {}),
    ...(usesOwnRedis(variables) ? {} : { [REDIS_CONFIG_VARIABLE]: requirePass(password) }),
  };
}

/** The cache lies in the job queue's Redis unless told otherwise, wherever that is. */
function cacheBesideQueue(variables: Variables, own: string | undefined): Record<string, string> {
  if (variables.LAGO_REDIS_CACHE_URL || variables.LAGO_REDIS_CACHE_HOST) {
    return {};
  }
  if (own) {
    return { LAGO_REDIS_CACHE_URL: own };
  }
  const { REDIS_HOST: host, REDIS_PORT: port } = variables;
  return {
    ...(host ? { LAGO_REDIS_CACHE_HOST: host } : {}),
    ...(port ? { LAGO_REDIS_CACHE_PORT: port } : {}),
  };
}

/** Redis reads each byte of a quoted text as `\xHH`, so that no character means anything to it. */
function requirePass(password: string): string {
  const bytes = [...Buffer.from(password, "utf8")];
  const escaped = bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  return `requirepass "${escaped}"`;
}

/** A URL that was really given: the defaults name this machine, which is no place for a container. */
function givenUrl(variables: Variables, name: "DATABASE_URL" | "REDIS_URL"): string | undefined {
  const value = variables[name];
  return value === DEFAULT_DATABASE_URL || value === DEFAULT_REDIS_URL ? undefined : value;
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
