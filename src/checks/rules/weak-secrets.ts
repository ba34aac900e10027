import { VARIABLES } from "../../lago/catalogue/index.ts";
import { rsaKeyAsBase64 } from "../../lago/config/rsa-key.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import type { Fault } from "../types.ts";

/** Values that users and examples put in place of a secret. */
const PLACEHOLDER =
  /^(change[-_ ]?(me|it|this)?.*|replace[-_ ]?me.*|your[-_ ].*|my[-_ ]?(secret|password|key).*|(super)?secret([-_ ]?key.*)?|passw(or|0r)?d.*|admin|root|test|lago|postgres|example|default|placeholder|dummy|todo|none|null|undefined|azerty.*|qwerty.*|1234\w{0,12}|abcd\w{0,12}|<.*>|x{3,}|(?<one>.)\k<one>{5,})$/is;

/**
 * Minimum length. A shorter password is guessed quickly, and hiding it in a log would hide ordinary
 * words.
 */
const MIN_PASSWORD_LENGTH = 8;

/** Passwords that only Lago's own containers use. Nobody types them, so they must be long. */
const OWN_PASSWORDS = ["POSTGRES_PASSWORD", "REDIS_PASSWORD", "LAGO_ORG_USER_PASSWORD"];

/** Passwords of servers that may have existed before the deployment. */
const OTHER_PASSWORDS = [
  "LAGO_REDIS_CACHE_PASSWORD",
  "LAGO_CLICKHOUSE_PASSWORD",
  "LAGO_KAFKA_PASSWORD",
  "LAGO_REDIS_STORE_PASSWORD",
  "LAGO_SMTP_PASSWORD",
  "SUPERSET_PASSWORD",
];

const SECRETS = VARIABLES.filter(({ secret, effect }) => secret && effect !== "never");
const PUBLIC_DEFAULTS = new Set(
  SECRETS.flatMap(({ lagoDefault }) => (lagoDefault ? [lagoDefault] : [])),
);

const MAKE: Readonly<Record<string, string>> = {
  SECRET_KEY_BASE: "`openssl rand -hex 64`",
  LAGO_RSA_PRIVATE_KEY: "`openssl genrsa 2048 | openssl base64 -A`",
};

/** Remedy: how to generate a good value. */
function howToMake(name: string): string {
  return `set a value of your own, such as the output of ${MAKE[name] ?? "`openssl rand -hex 16`"}`;
}

/** Weight of a bad secret. The keys of S3 are not read while S3 is disabled. */
function weightOf(name: string, context: CheckContext): Pick<Fault, "severity" | "isMinor"> {
  const isUnused = name.startsWith("LAGO_AWS_S3_") && !context.isOn("LAGO_USE_AWS_S3");
  return isUnused ? { severity: "warning", isMinor: true } : { severity: "error" };
}

export const SECRET_CHECKS: readonly Check[] = [
  {
    id: "default-secret",
    finds: "secrets that stand in Lago's public compose file",
    run: (context) =>
      VARIABLES.filter((one) => one.lagoDefault && one.unsafeDefault && one.secret)
        .filter(({ name, lagoDefault }) => context.value(name) === lagoDefault)
        .map(({ name, unsafeDefault = "" }) => ({
          field: name,
          ...weightOf(name, context),
          reason: `has the value from Lago's compose file: ${unsafeDefault}`,
          remedy: howToMake(name),
        })),
  },
  {
    id: "placeholder-secret",
    finds: "secrets that are placeholders, such as changeme",
    run: (context) =>
      SECRETS.filter(({ name, lagoDefault }) => {
        const value = context.value(name);
        const secret = secretPart(value);
        // The password inside a URL that the file builds is reported at POSTGRES_PASSWORD.
        const isPart = secret !== value && secret === context.value("POSTGRES_PASSWORD");
        return secret !== "" && value !== lagoDefault && !isPart && isPlaceholder(secret);
      }).map(({ name }) => ({
        field: name,
        ...weightOf(name, context),
        reason: "is a placeholder that everybody tries first",
        remedy: howToMake(name),
      })),
  },
  {
    id: "short-key",
    finds: "keys that are too short",
    run: (context) =>
      SECRETS.flatMap(({ name, type, lagoDefault }) => {
        const minLength = type.kind === "text" ? type.minLength : undefined;
        const value = context.value(name);
        const { length } = value;
        return minLength !== undefined && length > 0 && length < minLength && value !== lagoDefault
          ? [
              {
                field: name,
                severity: "error" as const,
                reason: `has ${length} characters; ${minLength} are the least`,
                remedy: howToMake(name),
              },
            ]
          : [];
      }),
  },
  {
    id: "short-password",
    finds: "passwords that are quickly guessed",
    run: (context) =>
      [...OWN_PASSWORDS, ...OTHER_PASSWORDS]
        .filter((name) => {
          const { length } = context.value(name);
          return length > 0 && length < MIN_PASSWORD_LENGTH;
        })
        .map((name) => ({
          field: name,
          severity: OWN_PASSWORDS.includes(name) ? "error" : "warning",
          reason: `has fewer than ${MIN_PASSWORD_LENGTH} characters: quickly guessed, and not to be hidden in logs`,
          remedy: howToMake(name),
        })),
  },
  {
    id: "rsa-key",
    finds: "an RSA key that Lago cannot read, or one that is too short",
    run: (context) => {
      const reason = rsaFault(context.value("LAGO_RSA_PRIVATE_KEY"), context.source);
      return reason === undefined
        ? []
        : [
            {
              field: "LAGO_RSA_PRIVATE_KEY",
              severity: "error",
              reason,
              remedy: howToMake("LAGO_RSA_PRIVATE_KEY"),
            },
          ];
    },
  },
];

function isPlaceholder(value: string): boolean {
  return PUBLIC_DEFAULTS.has(value) || PLACEHOLDER.test(value.slice(0, 200));
}

/** Returns the password of a URL, or the whole value. */
function secretPart(value: string): string {
  const url = /^[a-z]+:\/\//i.test(value) ? URL.parse(value) : null;
  return url === null ? value : url.password;
}

function rsaFault(value: string, source: CheckContext["source"]): string | undefined {
  if (value === "") {
    return undefined;
  }
  if (source === "lint" && value.trimStart().startsWith("-----BEGIN")) {
    return "is PEM, which Lago does not read: it wants base64 of PEM on one line";
  }
  try {
    const pem = Buffer.from(rsaKeyAsBase64(value), "base64").toString("utf8");
    return pem.match(/-----BEGIN/g)?.length === 1 ? undefined : "holds more than one key";
  } catch (error) {
    return `is not usable: ${(error as Error).message}`;
  }
}
