import { createPrivateKey } from "node:crypto";
import { LAGO_HOSTS, usesOwnDatabase } from "./config/derived.ts";
import { rsaKeyAsBase64 } from "./config/rsa-key.ts";

/** One secret that the data of a deployment depends on. */
export interface LagoKey {
  readonly name: KeyName;
  /**
   * Variables with the key, in order of preference. Lago's api reads the encryption keys under two
   * names and prefers the short one.
   */
  readonly variables: readonly string[];
  /** Setting of a stack's config that gives the key. */
  readonly setting: string;
  /**
   * Loss when the data was made with another key, to follow "then". Undefined for a key that may
   * change at any start, which is never refused.
   */
  readonly loss?: string;
}

/** Names of the keys in settings, outputs and messages. */
export const KEY_NAMES = [
  "secretKeyBase",
  "rsaPrivateKey",
  "encryptionPrimaryKey",
  "encryptionDeterministicKey",
  "encryptionKeyDerivationSalt",
  "postgresPassword",
  "redisPassword",
] as const;

/** A name of {@link KEY_NAMES}. */
export type KeyName = (typeof KEY_NAMES)[number];

/** A value for each key. Holds secrets. */
export type KeyValues = Readonly<Record<KeyName, string>>;

const CREDENTIALS_LOST =
  "the stored credentials of payment providers and integrations can never be read again";

/** The keys and their properties. */
export const LAGO_KEYS: readonly LagoKey[] = [
  {
    name: "secretKeyBase",
    variables: ["SECRET_KEY_BASE"],
    setting: "secretKeyBase",
    loss: "everyone is logged out, and links to the customer portal and to files stop working",
  },
  {
    name: "rsaPrivateKey",
    variables: ["LAGO_RSA_PRIVATE_KEY"],
    setting: "rsaPrivateKey",
    loss: "webhooks are signed with another key, and whoever checks signatures rejects them",
  },
  {
    name: "encryptionPrimaryKey",
    variables: ["ENCRYPTION_PRIMARY_KEY", "LAGO_ENCRYPTION_PRIMARY_KEY"],
    setting: "environment.LAGO_ENCRYPTION_PRIMARY_KEY",
    loss: CREDENTIALS_LOST,
  },
  {
    name: "encryptionDeterministicKey",
    variables: ["ENCRYPTION_DETERMINISTIC_KEY", "LAGO_ENCRYPTION_DETERMINISTIC_KEY"],
    setting: "environment.LAGO_ENCRYPTION_DETERMINISTIC_KEY",
    loss: CREDENTIALS_LOST,
  },
  {
    name: "encryptionKeyDerivationSalt",
    variables: ["ENCRYPTION_KEY_DERIVATION_SALT", "LAGO_ENCRYPTION_KEY_DERIVATION_SALT"],
    setting: "environment.LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
    loss: CREDENTIALS_LOST,
  },
  {
    name: "postgresPassword",
    variables: ["POSTGRES_PASSWORD"],
    setting: "environment.POSTGRES_PASSWORD",
    loss: "the database refuses the connection: PostgreSQL takes its password only when its volume is first made",
  },
  {
    name: "redisPassword",
    variables: ["REDIS_PASSWORD"],
    setting: "environment.REDIS_PASSWORD",
  },
];

/** Names of the keys without which data is lost or unusable. */
export const GUARDED_KEY_NAMES: readonly KeyName[] = LAGO_KEYS.flatMap(({ name, loss }) =>
  loss === undefined ? [] : [name],
);

/** Returns the variable that passes a key on, as Lago's files name it. */
export function variableOfKey({ variables }: LagoKey): string {
  return variables.at(-1) ?? "";
}

/**
 * Names the values of keys by their variables, for the `environment` of a deployment. Holds secrets.
 *
 * @param keys all keys, or some: a key that is left out gets no variable. Leave out `redisPassword`
 *   for compose files whose Redis has no password, such as Lago's own
 */
export function keyVariables(
  keys: Readonly<Partial<Record<KeyName, string>>>,
): Record<string, string> {
  const entries = LAGO_KEYS.flatMap((key) => {
    const value = keys[key.name];
    return value === undefined ? [] : [[variableOfKey(key), value] as const];
  });
  return Object.fromEntries(entries);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the keys that are given in an environment. An empty value counts as not given. */
export function givenKeys(environment: Environment): Partial<Record<KeyName, string>> {
  const entries = LAGO_KEYS.flatMap(({ name, variables }) => {
    const value = variables.map((variable) => environment[variable]).find(Boolean);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * Returns the keys of a deployment as its variables give them. A key that is not given is an empty
 * text: the compose file's default applies. With an external database the password of the bundled
 * one is left out; an empty Redis password is left out too.
 *
 * @param hosts host names of the bundled database and Redis. Defaults to those of Lago's own files
 */
export function keysOf(
  environment: Environment,
  hosts = LAGO_HOSTS,
): Partial<Record<KeyName, string>> {
  const none = Object.fromEntries(KEY_NAMES.map((name) => [name, ""]));
  const keys: Partial<Record<KeyName, string>> = { ...none, ...givenKeys(environment) };
  if (usesOwnDatabase(environment, hosts)) {
    delete keys.postgresPassword;
  }
  if (keys.redisPassword === "") {
    delete keys.redisPassword;
  }
  return keys;
}

/** Normalizes a key for comparison: an RSA key may be given as PEM or as base64 of PEM. */
export function canonicalKey(name: KeyName, value: string): string {
  if (name !== "rsaPrivateKey") {
    return value;
  }
  try {
    const pem = Buffer.from(rsaKeyAsBase64(value), "base64");
    return createPrivateKey(pem).export({ type: "pkcs8", format: "der" }).toString("base64");
  } catch {
    // Validation of the key happens elsewhere.
    return value;
  }
}
