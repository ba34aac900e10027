/** Variables that follow from others; Lago's own files leave them to the reader. */
import { DEFAULT_DATABASE_URL, DEFAULT_REDIS_URL } from "./fields.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Host names of the database and the Redis that the compose files have. */
export interface BundledHosts {
  readonly database: string;
  readonly redis: string;
}

/** Host names in Lago's own compose files. */
export const LAGO_HOSTS: BundledHosts = { database: "db", redis: "redis" };

/** Variable with the line of configuration that makes the bundled Redis require its password. */
export const REDIS_CONFIG_VARIABLE = "Z_BILLING_LAGO_REDIS_CONFIG";

/** Whether the database is an external one, so that the bundled one is not needed. */
export function usesOwnDatabase(variables: Variables, hosts = LAGO_HOSTS): boolean {
  const url = givenUrl(variables, "DATABASE_URL");
  // A value that is no URL counts as external.
  const host = url ? hostOf(url) || url : variables.POSTGRES_HOST;
  return host !== undefined && host !== "" && host !== hosts.database;
}

/** Whether Redis is an external one, so that the bundled one is not needed. */
export function usesOwnRedis(variables: Variables, { redis } = LAGO_HOSTS): boolean {
  const given = [
    hostOf(givenUrl(variables, "REDIS_URL")) ?? variables.REDIS_HOST,
    hostOf(variables.LAGO_REDIS_CACHE_URL) ?? variables.LAGO_REDIS_CACHE_HOST,
  ];
  // Cache and queue share a Redis by default, so the queue's alone decides then.
  const [queue, cache = queue] = given.map((host) => host || undefined);
  const own = (host: string | undefined) => host !== undefined && host !== redis;
  return own(queue) && own(cache);
}

/** Variables beside `REDIS_URL` that may hold a whole address of a Redis, with its password. */
const REDIS_ADDRESSES = [
  "LAGO_REDIS_CACHE_URL",
  "LAGO_REDIS_CABLE_URL",
  "LAGO_REDIS_STORE_URL",
] as const;

/**
 * Whether a password may be generated for the bundled Redis: not if jobs use an external Redis,
 * which would refuse it, nor if a given URL points at the bundled one without a password.
 */
export function canGenerateRedisPassword(variables: Variables, { redis } = LAGO_HOSTS): boolean {
  const queueHost = variables.REDIS_HOST || redis;
  const leadsThere = (address = "") => {
    const [, host] = /^(?:[a-z]+:\/\/)?(?:[^/]*@)?([^:/]*)/i.exec(address) ?? [];
    return host === redis;
  };
  return (
    !givenUrl(variables, "REDIS_URL") &&
    queueHost === redis &&
    !variables.LAGO_REDIS_SIDEKIQ_SENTINELS &&
    !REDIS_ADDRESSES.some((name) => leadsThere(variables[name]))
  );
}

/**
 * Returns the given variables and those that follow from them: the whole database URL when a part
 * of it needs URL-encoding or may be unknown to the file, the password of the bundled Redis for all
 * its clients, and the key of the first organization. Given variables are never changed.
 *
 * @param hosts host names of the bundled database and Redis. Defaults to those in Lago's own files
 */
export function withDerived(
  variables: Readonly<Record<string, string>>,
  hosts = LAGO_HOSTS,
): Record<string, string> {
  return {
    ...databaseUrl(variables, hosts),
    ...redis(variables, hosts),
    ...(variables.LAGO_API_KEY === undefined ? {} : { LAGO_ORG_API_KEY: variables.LAGO_API_KEY }),
    ...variables,
  };
}

const DATABASE_PARTS = ["POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER"] as const;

function databaseUrl(variables: Variables, { database }: BundledHosts): Record<string, string> {
  const { POSTGRES_PASSWORD: password, POSTGRES_SCHEMA: schema } = variables;
  const parts = DATABASE_PARTS.some((name) => variables[name] !== undefined) || schema;
  const plain = /^[A-Za-z0-9._~-]*$/.test(password ?? "");
  if (password === undefined || givenUrl(variables, "DATABASE_URL") || (plain && !parts)) {
    return {};
  }
  const {
    POSTGRES_HOST: host = database,
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

function redis(variables: Variables, hosts: BundledHosts): Record<string, string> {
  const { REDIS_PASSWORD: password } = variables;
  const own = givenUrl(variables, "REDIS_URL");
  const cache = cacheBesideQueue(variables, own);
  if (!password) {
    return cache;
  }
  const { REDIS_HOST: host = hosts.redis, REDIS_PORT: port = "6379" } = variables;
  // The checks report a value that is no URL.
  const queue = URL.parse(own || `redis://${host}:${port}`);
  const cacheHost = variables.LAGO_REDIS_CACHE_HOST || hosts.redis;
  const shared =
    !variables.LAGO_REDIS_CACHE_URL && [queue?.hostname, hosts.redis].includes(cacheHost);
  return {
    ...cache,
    ...(shared ? { LAGO_REDIS_CACHE_PASSWORD: password } : {}),
    ...(queue
      ? {
          LAGO_REDIS_CABLE_URL: `${queue.protocol}//:${encodeURIComponent(password)}@${queue.host}`,
        }
      : {}),
    ...(usesOwnRedis(variables, hosts) ? {} : { [REDIS_CONFIG_VARIABLE]: requirePass(password) }),
  };
}

/** Variables that point the cache at the job queue's Redis, which is its default place. */
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

/**
 * Line of Redis' configuration that sets the password. Each byte is escaped as `\xHH`, so that no
 * character has a meaning in the quoted text.
 */
function requirePass(password: string): string {
  const bytes = [...Buffer.from(password, "utf8")];
  const escaped = bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
  return `requirepass "${escaped}"`;
}

/** URL that the user gave. The defaults name localhost, which is wrong inside a container. */
function givenUrl(variables: Variables, name: "DATABASE_URL" | "REDIS_URL"): string | undefined {
  const value = variables[name];
  return value === DEFAULT_DATABASE_URL || value === DEFAULT_REDIS_URL ? undefined : value;
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}
