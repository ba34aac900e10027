import { REDIS_CONFIG_VARIABLE } from "../lago/config/derived.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import { isBackend } from "./roles.ts";

/**
 * Starts the bundled Redis with a password. Redis reads the line that sets the password from
 * standard input, so that it stands in no command line; `exec` keeps Redis the container's first
 * process.
 */
const SCRIPT = [
  'exec docker-entrypoint.sh redis-server - "$$@" <<END',
  `$$${REDIS_CONFIG_VARIABLE}`,
  "END",
  "",
].join("\n");

/** Part of the override that makes the Redis service require the password. */
export function redisWithPassword(definition: ServiceModel["definition"]): Record<string, unknown> {
  const command = words(definition.command);
  const options = command[0] === "redis-server" ? command.slice(1) : command;
  return {
    command: ["sh", "-c", SCRIPT, "redis", ...options],
    environment: {
      [REDIS_CONFIG_VARIABLE]: `\${${REDIS_CONFIG_VARIABLE}}`,
      // The health check needs the password too.
      REDISCLI_AUTH: "${REDIS_PASSWORD}",
    },
  };
}

/**
 * Splits a command into words. Without interpolation compose leaves a command that is one text
 * unsplit.
 */
function words(command: unknown): unknown[] {
  if (typeof command === "string") {
    return command.split(/\s+/).filter((word) => word !== "");
  }
  return Array.isArray(command) ? command : [];
}

/** The official image, also from a mirror. {@link redisWithPassword} runs its entry point. */
const OFFICIAL_IMAGE = /^([\w-]+[.:][\w.:-]*\/|localhost\/)?(library\/)?redis(:|@|$)/;

/**
 * Whether the Redis of the files can be given a password that the files do not know: it runs the
 * official image with plain options, and the back end reaches it by its service name.
 */
export function canHavePassword({ services }: ComposeModel): boolean {
  const [redis, ...others] = services.filter(({ role }) => role === "redis");
  // Of several nobody can tell which one a client means.
  if (redis === undefined || others.length > 0 || !OFFICIAL_IMAGE.test(redis.image ?? "")) {
    return false;
  }
  const { command, entrypoint } = redis.definition;
  const options = words(command).map(String);
  const [first = "--"] = options[0] === "redis-server" ? options.slice(1) : options;
  const isPlain = entrypoint == null && first.startsWith("--");
  const hasOwn = options.some((option) => /requirepass|aclfile/.test(option));
  return isPlain && !hasOwn && services.every((service) => reachesByName(service, redis.name));
}

function reachesByName({ role, definition }: ServiceModel, redis: string): boolean {
  const { REDIS_URL: url } = (definition.environment ?? {}) as Record<string, unknown>;
  if (!isBackend(role) || url == null) {
    return true;
  }
  const [, host = ""] =
    /^redis:\/\/(\$\{REDIS_HOST[^}]*\}|\$REDIS_HOST|[^:/]*)(?:[:/]|$)/.exec(String(url)) ?? [];
  return host === redis || /^\$\{?REDIS_HOST\b/.test(host);
}
