/**
 * Rules for values of settings. Apart from the table of settings, so that help is shown without
 * loading zod.
 */
import { z } from "zod";
import { expectedOneOf } from "../lago/catalogue/suggest.ts";
import { NAMED_ROLES } from "../lago/catalogue/types.ts";
import { GUARDED_KEY_NAMES } from "../lago/lago-keys.ts";
import { WORKER_POOLS, type WorkerPoolName } from "../lago/pools.ts";
import { PULL_POLICIES } from "./pull-policy.ts";
import { AUTO } from "./wanted-ports.ts";

const text = z.string({ error: "expected a text" });
const number = z.number({ error: "expected a number" });

const whole = (least: number, most: number) => {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

const oneOf = <const T extends string>(names: readonly T[]) =>
  z.enum(names, { error: ({ input }) => expectedOneOf(names, input) });

const SIZE = "expected a size such as 512m or 2g";

const PORT = `expected a port, 1 to 65535, or "${AUTO}"`;
const port = z
  .union([z.int().min(1, { error: PORT }).max(65_535, { error: PORT }), z.literal(AUTO)], {
    error: PORT,
  })
  .optional();

const DAY = "expected seconds, at most 86400";

const pool = z
  .strictObject(
    { count: whole(1, 100).optional(), concurrency: whole(1, 1000).optional() },
    { error: "expected the settings of a pool such as { count: 2 }, or {} for its defaults" },
  )
  .optional();

const EMAIL = "expected the e-mail address that you log in with, such as you@acme.example";

const poolNames = Object.keys(WORKER_POOLS) as WorkerPoolName[];

/** Rules by the name that the table of settings gives them. */
export const RULES = {
  text,
  texts: z.array(text, { error: "expected a list of texts" }),
  boolean: z.boolean({ error: "expected true or false" }),
  /** Seconds, from 0 to a day. */
  seconds: number.nonnegative({ error: DAY }).max(86_400, { error: DAY }),
  /** Seconds, more than 0 and at most a day. */
  positiveSeconds: number.positive({ error: DAY }).max(86_400, { error: DAY }),
  /** Lines of a log. */
  lines: whole(0, 1000),
  /** A release of Lago, with or without its `v`. */
  release: text
    .regex(/^v?\d+\.\d+\.\d+[\w.-]*$/, { error: "expected a release of Lago such as v1.50.0" })
    .transform((version) => (version.startsWith("v") ? version : `v${version}`)),
  /** Address and ports on which api and front are published. */
  ports: z.strictObject(
    {
      api: port,
      front: port,
      address: z.union([z.ipv4(), z.ipv6()], { error: "expected an IP address" }).optional(),
    },
    { error: "expected ports by service such as { api: 3000, front: 8080 }" },
  ),
  pullPolicy: oneOf(PULL_POLICIES),
  /** Sizes of memory by service. */
  sizes: z.record(
    z.string(),
    z.string({ error: SIZE }).regex(/^\d+(\.\d+)?[bkmg]b?$/i, { error: SIZE }),
    { error: "expected limits by service such as { api: 1g }" },
  ),
  /** Roles by service. */
  roles: z.record(z.string(), oneOf(NAMED_ROLES), {
    error: "expected roles by service such as { backend: api }",
  }),
  /** Workers by pool. */
  pools: z.strictObject(
    Object.fromEntries(poolNames.map((name) => [name, pool])) as Record<
      WorkerPoolName,
      typeof pool
    >,
    { error: "expected pools by name such as { events: { count: 2 } }" },
  ),
  /** Names of keys without which data is lost. */
  guardedKeys: z.array(oneOf(GUARDED_KEY_NAMES), { error: "expected a list of keys" }),
  /** Names of variables. */
  variableNames: z.array(z.string()),
  /** Variables by name. Pulumi makes numbers and booleans of texts that look like them. */
  variables: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean()], { error: "expected a text" }).transform(String),
    { error: "expected variables by name such as { NAME: value }" },
  ),
  /**
   * Name of the project whose volumes may be removed, or `false`. The name itself is checked later.
   */
  volumeRemoval: z.union([z.string(), z.boolean()], {
    error: "expected the name of the project, or false",
  }),
  /** The first organization and its first user. */
  organization: z.strictObject(
    {
      name: z
        .string({ error: "expected the name of your organization, such as Acme" })
        .regex(/\S/, { error: "expected a name, got an empty text" }),
      email: z.string({ error: EMAIL }).regex(/^[^\s@]+@[^\s@]+$/, { error: EMAIL }),
    },
    { error: "expected an organization such as { name: Acme, email: you@acme.example }" },
  ),
  /** Settings of Lago, which the catalogue checks. */
  lagoSettings: z.unknown(),
} satisfies Record<string, z.ZodType>;
