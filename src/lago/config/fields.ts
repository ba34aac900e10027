/** Where the api is reached unless given. */
export const DEFAULT_API_URL = "http://localhost:3000";
/** Where the front is reached unless given. */
export const DEFAULT_FRONT_URL = "http://localhost:80";
/** The database of `LagoConfig` unless given; compose's own database stays in charge then. */
export const DEFAULT_DATABASE_URL = "postgresql://lago:lago@localhost:5432/lago";
/** The Redis of `LagoConfig` unless given; compose's own Redis stays in charge then. */
export const DEFAULT_REDIS_URL = "redis://localhost:6379";

/** A field of `LagoConfig`. */
interface ConfigField {
  /** Variable of Lago that the field sets. */
  readonly variable: string;
  /** Form of the value in a stack's config. */
  readonly form: "text" | "boolean";
  /**
   * Whether the value is a secret, or may have one in it. A deployment has the variable of such a field
   * only where somebody gives it, and the variables of the others always.
   */
  readonly secret: boolean;
}

/** Fields of `LagoConfig` by name. */
export const CONFIG_FIELDS = {
  apiUrl: { variable: "LAGO_API_URL", form: "text", secret: false },
  frontUrl: { variable: "LAGO_FRONT_URL", form: "text", secret: false },
  databaseUrl: { variable: "DATABASE_URL", form: "text", secret: true },
  redisUrl: { variable: "REDIS_URL", form: "text", secret: true },
  secretKeyBase: { variable: "SECRET_KEY_BASE", form: "text", secret: true },
  rsaPrivateKey: { variable: "LAGO_RSA_PRIVATE_KEY", form: "text", secret: true },
  apiKey: { variable: "LAGO_API_KEY", form: "text", secret: true },
  disableSignup: { variable: "LAGO_DISABLE_SIGNUP", form: "boolean", secret: false },
} as const satisfies Record<string, ConfigField>;

/** Name of a field of `LagoConfig`. */
export type ConfigFieldName = keyof typeof CONFIG_FIELDS;

/** Names of all fields of `LagoConfig`. */
export const CONFIG_FIELD_NAMES = Object.keys(CONFIG_FIELDS) as readonly ConfigFieldName[];
