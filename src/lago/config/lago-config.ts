import { z } from "zod";
import { type ConfigIssue, invalidConfig } from "../../errors.ts";
import { isUrl } from "../../text/url.ts";
import { didYouMean } from "../catalogue/suggest.ts";
import {
  CONFIG_FIELD_NAMES,
  CONFIG_FIELDS,
  type ConfigFieldName,
  DEFAULT_API_URL,
  DEFAULT_DATABASE_URL,
  DEFAULT_FRONT_URL,
  DEFAULT_REDIS_URL,
} from "./fields.ts";
import { newSecretKeyBase } from "./generate.ts";
import { rsaKeyAsBase64 } from "./rsa-key.ts";

const url = (schemes: readonly string[], example: string) => {
  const error = `expected a URL such as ${example}`;
  return z.string({ error }).refine((value) => isUrl(value, schemes), { error });
};

const TEXT = "expected a text";
const SECRET_KEY = "expected 32 characters or more; `openssl rand -hex 64` makes a good one";

const schema = z.strictObject({
  apiUrl: url(["http", "https"], "https://billing-api.example.com").default(DEFAULT_API_URL),
  frontUrl: url(["http", "https"], "https://billing.example.com").default(DEFAULT_FRONT_URL),
  databaseUrl: url(
    ["postgresql", "postgres"],
    "postgresql://USER:PASSWORD@HOST:5432/DATABASE",
  ).default(DEFAULT_DATABASE_URL),
  redisUrl: url(["redis", "rediss"], "redis://HOST:6379").default(DEFAULT_REDIS_URL),
  secretKeyBase: z
    .string({ error: SECRET_KEY })
    .min(32, { error: SECRET_KEY })
    .default(newSecretKeyBase),
  rsaPrivateKey: z
    .string({ error: TEXT })
    .transform((value, context) => {
      try {
        return rsaKeyAsBase64(value);
      } catch (error) {
        context.addIssue({ code: "custom", message: (error as Error).message });
        return z.NEVER;
      }
    })
    .optional(),
  apiKey: z
    .string({ error: TEXT })
    .min(1, { error: "expected a key, got an empty text" })
    .optional(),
  disableSignup: z.boolean({ error: "expected true or false" }).default(false),
} satisfies Record<ConfigFieldName, z.ZodType>);

/** Fields of {@link LagoConfig}, all optional. */
export type LagoConfigInput = z.input<typeof schema>;

type Fields = z.output<typeof schema>;

/**
 * The settings of one Lago deployment. Immutable: each `with…` method returns a changed copy.
 *
 * Fields that are not given take these values: `apiUrl` http://localhost:3000, `frontUrl`
 * http://localhost:80, `databaseUrl` postgresql://lago:lago@localhost:5432/lago, `redisUrl`
 * redis://localhost:6379, `secretKeyBase` 64 new random bytes as hexadecimal digits,
 * `disableSignup` false. `rsaPrivateKey` and `apiKey` stay unset.
 */
export class LagoConfig {
  readonly #fields: Fields;

  /** @throws DeployError of kind `InvalidConfig` that names every fault with its field */
  constructor(input: LagoConfigInput = {}) {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      throw invalidConfig(issuesOf(parsed.error));
    }
    this.#fields = parsed.data;
  }

  /** URL at which browsers and clients reach the api, with its scheme. */
  get apiUrl(): string {
    return this.#fields.apiUrl;
  }

  /** URL at which browsers reach the front, with its scheme; the api allows it by CORS. */
  get frontUrl(): string {
    return this.#fields.frontUrl;
  }

  /** URL of the PostgreSQL database, as Lago's services reach it. Holds a password: a secret. */
  get databaseUrl(): string {
    return this.#fields.databaseUrl;
  }

  /** URL of the Redis server, as Lago's services reach it. May hold a password: a secret. */
  get redisUrl(): string {
    return this.#fields.redisUrl;
  }

  /** Rails' secret, which signs logins. A secret. */
  get secretKeyBase(): string {
    return this.#fields.secretKeyBase;
  }

  /** The RSA key that signs webhooks, as base64 of PEM. A secret. */
  get rsaPrivateKey(): string | undefined {
    return this.#fields.rsaPrivateKey;
  }

  /** API key of the first organization. A secret. */
  get apiKey(): string | undefined {
    return this.#fields.apiKey;
  }

  /** Whether visitors are kept from opening an organization. */
  get disableSignup(): boolean {
    return this.#fields.disableSignup;
  }

  withApiUrl(apiUrl: string): LagoConfig {
    return this.#with({ apiUrl });
  }

  withFrontUrl(frontUrl: string): LagoConfig {
    return this.#with({ frontUrl });
  }

  withDatabaseUrl(databaseUrl: string): LagoConfig {
    return this.#with({ databaseUrl });
  }

  withRedisUrl(redisUrl: string): LagoConfig {
    return this.#with({ redisUrl });
  }

  withSecretKeyBase(secretKeyBase: string): LagoConfig {
    return this.#with({ secretKeyBase });
  }

  /** @param rsaPrivateKey PEM, or base64 of PEM; 2048 bits or more */
  withRsaPrivateKey(rsaPrivateKey: string): LagoConfig {
    return this.#with({ rsaPrivateKey });
  }

  withApiKey(apiKey: string): LagoConfig {
    return this.#with({ apiKey });
  }

  withDisableSignup(disableSignup: boolean): LagoConfig {
    return this.#with({ disableSignup });
  }

  /** Returns the settings as Lago's environment variables; unset ones are left out. */
  toEnvVars(): [name: string, value: string][] {
    return CONFIG_FIELD_NAMES.flatMap((name): [string, string][] => {
      const value = this.#fields[name];
      return value === undefined ? [] : [[CONFIG_FIELDS[name].variable, String(value)]];
    });
  }

  #with(change: Partial<LagoConfigInput>): LagoConfig {
    return new LagoConfig({ ...this.#fields, ...change } as LagoConfigInput);
  }
}

function issuesOf(error: z.ZodError): ConfigIssue[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ field: key, message: `no such setting${nearField(key)}` }))
      : [{ field: issue.path.join(".") || "config", message: issue.message }],
  );
}

function nearField(name: string): string {
  return didYouMean(name, Object.keys(schema.shape));
}
