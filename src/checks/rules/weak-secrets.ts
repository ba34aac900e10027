import type { LagoVariable } from "../../lago/catalogue/index.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../check-context.ts";
import { LAGO_SECRETS, type LagoSecret, lagoSecrets, otherSecrets } from "../lago-secrets.ts";
import { howToMake } from "../new-secret.ts";
import { isLeftOpen, isPlaceholder } from "../placeholders.ts";
import type { SecretPlace } from "../secret-places.ts";
import type { Fault } from "../types.ts";

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

/** Secrets that are names, which may be ordinary words. */
const NAMES = ["LAGO_SMTP_USERNAME", "LAGO_AWS_S3_ACCESS_KEY_ID"];
const PUBLIC_DEFAULTS = new Set(
  LAGO_SECRETS.flatMap(({ lagoDefault }) => (lagoDefault ? [lagoDefault] : [])),
);

/** Weight of a bad secret. The keys of S3 are not read while S3 is disabled. */
function weightOf(name: string, context: CheckContext): Pick<Fault, "severity" | "isMinor"> {
  const isUnused = name.startsWith("LAGO_AWS_S3_") && !context.isOn("LAGO_USE_AWS_S3");
  return isUnused ? { severity: "warning", isMinor: true } : { severity: "error" };
}

/** Faults of settings of Lago, each at the variable that a person would set, and there once. */
function lagoFaults(
  context: CheckContext,
  secrets: readonly LagoSecret[],
  of: (secret: LagoSecret) => Omit<Fault, "field" | "remedy">,
): Fault[] {
  const faults = secrets.map((one): Fault => {
    const { name } = one.variable;
    const field = context.sourceOf(name, one.secret);
    const { reason, ...weight } = of(one);
    return {
      field,
      ...weight,
      reason: field === name ? reason : `gives ${name} its value, and ${reason}`,
      remedy: howToMake(name),
    };
  });
  const fields = faults.map(({ field }) => field);
  return faults.filter(({ field }, index) => fields.indexOf(field) === index);
}

/** Faults of secrets under other names. Lago may not use one that guards none of its data. */
function otherFaults(secrets: readonly SecretPlace[], reason: string): Fault[] {
  return secrets.map(({ field, guardsData }) => ({
    field,
    severity: guardsData ? "error" : "warning",
    reason,
    remedy: howToMake(field),
  }));
}

const PLACEHOLDER = "is a placeholder that everybody tries first";
const SHORT = `has fewer than ${MIN_PASSWORD_LENGTH} characters: quickly guessed, and not to be hidden in logs`;

export const SECRET_CHECKS: readonly Check[] = [
  {
    id: "default-secret",
    finds: "secrets that stand in Lago's public compose file",
    run: (context) => {
      const isDefault = ({ variable, value }: LagoSecret) =>
        variable.lagoDefault === value && variable.unsafeDefault !== undefined;
      return lagoFaults(context, lagoSecrets(context).filter(isDefault), ({ variable }) => ({
        ...weightOf(variable.name, context),
        reason: `has the value from Lago's compose file: ${variable.unsafeDefault}`,
      }));
    },
  },
  {
    id: "placeholder-secret",
    finds: "secrets that are placeholders, such as changeme, under any name",
    run: (context) => {
      const weak = withoutParts(context, lagoSecrets(context))
        .filter(({ variable: { lagoDefault }, value }) => value !== lagoDefault)
        // The check `rsa-key` reports whatever is no such key.
        .filter(({ variable: { type } }) => type.kind !== "rsaKey")
        .filter(({ variable, secret }) =>
          NAMES.includes(variable.name) ? isLeftOpen(secret) : isBad(secret),
        );
      const others = otherSecrets(context).filter(({ secret }) => isBad(secret));
      return [
        ...lagoFaults(context, weak, ({ variable }) => ({
          ...weightOf(variable.name, context),
          reason: PLACEHOLDER,
        })),
        ...otherFaults(others, PLACEHOLDER),
      ];
    },
  },
  {
    id: "short-key",
    finds: "keys that are too short",
    run: (context) => {
      const least = ({ type }: LagoVariable) => (type.kind === "text" ? (type.minLength ?? 0) : 0);
      const short = lagoSecrets(context).filter(
        ({ variable, value }) => value.length < least(variable) && value !== variable.lagoDefault,
      );
      return lagoFaults(context, short, ({ variable, value }) => ({
        severity: "error",
        reason: `has ${value.length} characters; ${least(variable)} are the least`,
      }));
    },
  },
  {
    id: "short-password",
    finds: "passwords that are quickly guessed",
    run: (context) => {
      const names = [...OWN_PASSWORDS, ...OTHER_PASSWORDS];
      const short = withoutParts(context, lagoSecrets(context)).filter(
        ({ variable: { name }, value, secret }) =>
          (names.includes(name) || (value !== secret && !isBad(secret))) &&
          secret !== "" &&
          secret.length < MIN_PASSWORD_LENGTH,
      );
      const others = otherSecrets(context).filter(
        ({ secret }) => secret.length < MIN_PASSWORD_LENGTH && !isBad(secret),
      );
      return [
        ...lagoFaults(context, short, ({ variable: { name } }) => ({
          severity: OWN_PASSWORDS.includes(name) ? "error" : "warning",
          reason: SHORT,
        })),
        ...otherFaults(others, SHORT),
      ];
    },
  },
];

/** Leaves out URLs whose password stands by itself in another setting, which is judged. */
function withoutParts(context: CheckContext, secrets: readonly LagoSecret[]): LagoSecret[] {
  const wholes = secrets.filter(({ value, secret }) => value === secret);
  return secrets.filter(
    ({ variable, value, secret }) =>
      value === secret ||
      !wholes.some(
        (one) => one.value === secret || context.madeOf(variable.name).includes(one.variable.name),
      ),
  );
}

function isBad(secret: string): boolean {
  return PUBLIC_DEFAULTS.has(secret) || isPlaceholder(secret);
}
