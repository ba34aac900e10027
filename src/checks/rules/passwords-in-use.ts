import { VARIABLES } from "../../lago/catalogue/index.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import { asksForPassword } from "../redis-access.ts";

/** Characters that a URL may hold unescaped, by RFC 3986. */
const SAFE_IN_URL = /^[A-Za-z0-9._~-]*$/;

const REDIS_PASSWORDS = [
  { password: "REDIS_PASSWORD", host: "REDIS_HOST", url: "REDIS_URL" },
  {
    password: "LAGO_REDIS_CACHE_PASSWORD",
    host: "LAGO_REDIS_CACHE_HOST",
    url: "LAGO_REDIS_CACHE_URL",
  },
] as const;

export const PASSWORD_CHECKS: readonly Check[] = [
  {
    id: "password-in-url",
    finds: "characters that break a URL that Lago's file builds, such as @, / and # in a password",
    run: (context) =>
      VARIABLES.filter(
        ({ name, partOf, type }) =>
          partOf !== undefined &&
          type.kind === "text" &&
          !context.isGiven(partOf) &&
          !SAFE_IN_URL.test(context.value(name)) &&
          holdsAsItIs(context.effective(partOf)?.value, context.value(name)),
      ).map(({ name, partOf }) => ({
        field: name,
        severity: "error",
        reason: `has characters that end or change the ${partOf} that the compose file makes of it`,
        remedy: "use only letters, digits and . _ ~ -",
      })),
  },
  {
    id: "redis-password-unused",
    finds: "a Redis password that the bundled Redis would not ask for",
    only: "lint",
    run: (context) =>
      REDIS_PASSWORDS.filter(
        ({ password, host, url }) =>
          context.isGiven(password) && !context.isGiven(url) && meetsOpenRedis(context, host),
      ).map(({ password }) => ({
        field: password,
        severity: "error",
        reason:
          "is told to Lago but not to the bundled Redis, which asks for none and refuses those that send one",
        remedy: "give the redis service `--requirepass`, or point Lago at a Redis of your own",
      })),
  },
];

/** Whether a URL has a value in it without encoding. A URL that nobody knows may have. */
function holdsAsItIs(url: string | undefined, value: string): boolean {
  return url === undefined || url.includes(value);
}

function meetsOpenRedis(context: CheckContext, hostVariable: string): boolean {
  const host = context.value(hostVariable) || "redis";
  return context
    .withRole("redis")
    .some((service) => service.name === host && asksForPassword(service) === false);
}
