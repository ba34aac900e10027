import { REDIS_CONFIG_VARIABLE } from "../config/derived.ts";
import type { ServiceModel } from "./model.ts";

/**
 * Starts the bundled Redis with a password. Redis reads the line that sets it from standard input,
 * so that the password stands in no command line; `exec` keeps Redis the container's first process.
 */
const SCRIPT = [
  'exec docker-entrypoint.sh redis-server - "$$@" <<END',
  `$$${REDIS_CONFIG_VARIABLE}`,
  "END",
  "",
].join("\n");

/** What the override says of the Redis service, so that it asks its clients for the password. */
export function redisWithPassword(definition: ServiceModel["definition"]): Record<string, unknown> {
  const command = words(definition.command);
  const options = command[0] === "redis-server" ? command.slice(1) : command;
  return {
    command: ["sh", "-c", SCRIPT, "redis", ...options],
    environment: {
      [REDIS_CONFIG_VARIABLE]: `\${${REDIS_CONFIG_VARIABLE}}`,
      // For the health check, which would be refused otherwise.
      REDISCLI_AUTH: "${REDIS_PASSWORD}",
    },
  };
}

/** A command as its words; without filling in variables, compose leaves one text as it is. */
function words(command: unknown): unknown[] {
  if (typeof command === "string") {
    return command.split(/\s+/).filter((word) => word !== "");
  }
  return Array.isArray(command) ? command : [];
}
