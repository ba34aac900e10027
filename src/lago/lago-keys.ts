import { createPrivateKey } from "node:crypto";
import { usesOwnDatabase } from "./config/derived.ts";
import { rsaKeyAsBase64 } from "./config/rsa-key.ts";

/** One secret that the data of a deployment depends on. */
export interface LagoKey {
  readonly name: KeyName;
  /**
   * Variables that carry it, the one that counts first. Lago's api reads the encryption keys under
   * two names and prefers the short one.
   */
  readonly variables: readonly string[];
  /** Where `pulumi config set --secret` puts it, for the program of this project. */
  readonly configArguments: string;
  /**
   * What data made with another one loses, to follow "then". None for a key that every start takes
   * anew: another one is as good, and refuses nothing.
   */
  readonly loss?: string;
}

/** Names of the keys, the same in settings, outputs and messages. */
export const KEY_NAMES = [
  "secretKeyBase",
  "rsaPrivateKey",
  "encryptionPrimaryKey",
  "encryptionDeterministicKey",
  "encryptionKeyDerivationSalt",
  "postgresPassword",
  "redisPassword",
] as const;

/** One of {@link KEY_NAMES}. */
export type KeyName = (typeof KEY_NAMES)[number];

/** A value for each key. Holds secrets. */
export type KeyValues = Readonly<Record<KeyName, string>>;

const CREDENTIALS_LOST =
  "the stored credentials of payment providers and integrations can never be read again";

/** The keys with what people have to know of them. */
export const LAGO_KEYS: readonly LagoKey[] = [
  {
    name: "secretKeyBase",
    variables: ["SECRET_KEY_BASE"],
    configArguments: "secretKeyBase",
    loss: "everyone is logged out, and links to the customer portal and to files stop working",
  },
  {
    name: "rsaPrivateKey",
    variables: ["LAGO_RSA_PRIVATE_KEY"],
    configArguments: "rsaPrivateKey",
    loss: "webhooks are signed with another key, and whoever checks signatures rejects them",
  },
  {
    name: "encryptionPrimaryKey",
    variables: ["ENCRYPTION_PRIMARY_KEY", "LAGO_ENCRYPTION_PRIMARY_KEY"],
    configArguments: "--path environment.LAGO_ENCRYPTION_PRIMARY_KEY",
    loss: CREDENTIALS_LOST,
  },
  {
    name: "encryptionDeterministicKey",
    variables: ["ENCRYPTION_DETERMINISTIC_KEY", "LAGO_ENCRYPTION_DETERMINISTIC_KEY"],
    configArguments: "--path environment.LAGO_ENCRYPTION_DETERMINISTIC_KEY",
    loss: CREDENTIALS_LOST,
  },
  {
    name: "encryptionKeyDerivationSalt",
    variables: ["ENCRYPTION_KEY_DERIVATION_SALT", "LAGO_ENCRYPTION_KEY_DERIVATION_SALT"],
    configArguments: "--path environment.LAGO_ENCRYPTION_KEY_DERIVATION_SALT",
    loss: CREDENTIALS_LOST,
  },
  {
    name: "postgresPassword",
    variables: ["POSTGRES_PASSWORD"],
    configArguments: "--path environment.POSTGRES_PASSWORD",
    loss: "the database refuses the connection: PostgreSQL takes its password only when its volume is first made",
  },
  {
    name: "redisPassword",
    variables: ["REDIS_PASSWORD"],
    configArguments: "--path environment.REDIS_PASSWORD",
  },
];

/** Names of the keys without which data is lost, or of no use. */
export const GUARDED_KEY_NAMES: readonly KeyName[] = LAGO_KEYS.flatMap(({ name, loss }) =>
  loss === undefined ? [] : [name],
);

/** The variable by which a deployment of ours hands a key on: the one that Lago's files use. */
export function variableOfKey({ variables }: LagoKey): string {
  return variables.at(-1) ?? "";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The keys that are given among environment variables; an empty value is none. */
export function givenKeys(environment: Environment): Partial<Record<KeyName, string>> {
  const entries = LAGO_KEYS.flatMap(({ name, variables }) => {
    const value = variables.map((variable) => environment[variable]).find(Boolean);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * The keys of a deployment as its variables give them. One that is not given is an empty text: then
 * the compose file's own default counts. With a database elsewhere the password of the deployment's
 * own opens nothing and is left out, and so is a Redis password where there is none.
 */
export function keysOf(environment: Environment): Partial<Record<KeyName, string>> {
  const none = Object.fromEntries(KEY_NAMES.map((name) => [name, ""]));
  const keys: Partial<Record<KeyName, string>> = { ...none, ...givenKeys(environment) };
  if (usesOwnDatabase(environment)) {
    delete keys.postgresPassword;
  }
  if (keys.redisPassword === "") {
    delete keys.redisPassword;
  }
  return keys;
}

/** One text for all the spellings of a key: an RSA key may come as PEM or as base64 of it. */
export function canonicalKey(name: KeyName, value: string): string {
  if (name !== "rsaPrivateKey") {
    return value;
  }
  try {
    const pem = Buffer.from(rsaKeyAsBase64(value), "base64");
    return createPrivateKey(pem).export({ type: "pkcs8", format: "der" }).toString("base64");
  } catch {
    // Whether it is a key at all is not the question here.
    return value;
  }
}
