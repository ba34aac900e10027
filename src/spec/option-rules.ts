/** Rules for the options of a deployment, the same for the library, the command line and Pulumi. */
import { z } from "zod";

import { GUARDED_KEY_NAMES } from "../lago/lago-keys.ts";
import { WORKER_POOLS, type WorkerPoolName } from "../lago/pools.ts";
import { type DeploymentSettings, PULL_POLICIES } from "./options.ts";
import { AUTO } from "./wanted-ports.ts";

type SharedOption = keyof DeploymentSettings;

const whole = (least: number, most: number) => {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error }).optional();
};

const text = z.string({ error: "expected a text" });
const texts = z.array(text, { error: "expected a list of texts" }).optional();
const number = z.number({ error: "expected a number" });

const port = z
  .union([z.int().min(1).max(65535), z.literal(AUTO)], {
    error: `expected a port, 1 to 65535, or "${AUTO}"`,
  })
  .optional();

const pool = z
  .strictObject(
    { count: whole(1, 100), concurrency: whole(1, 1000) },
    { error: "expected the settings of a pool such as { count: 2 }, or {} for its defaults" },
  )
  .optional();

const poolNames = Object.keys(WORKER_POOLS) as WorkerPoolName[];

/** Rules for the options that one program can hand to another, by name. */
export const SHARED_OPTIONS = {
  projectName: text.optional(),
  dockerHost: text.optional(),
  dockerContext: text.optional(),
  dockerCertPath: text.optional(),
  composeFiles: texts,
  profiles: texts,
  ports: z
    .strictObject(
      {
        api: port,
        front: port,
        address: z.union([z.ipv4(), z.ipv6()], { error: "expected an IP address" }).optional(),
      },
      { error: "expected ports by service such as { api: 3000, front: 8080 }" },
    )
    .optional(),
  pullPolicy: z
    .enum(PULL_POLICIES, { error: `expected one of ${PULL_POLICIES.join(", ")}` })
    .optional(),
  startTimeoutSeconds: number.positive().max(86_400).optional(),
  lockTimeoutSeconds: number.nonnegative().max(86_400).optional(),
  version: text
    .regex(/^v?\d+\.\d+\.\d+[\w.-]*$/, { error: "expected a release of Lago such as v1.50.0" })
    .transform((version) => (version.startsWith("v") ? version : `v${version}`))
    .optional(),
  memoryLimits: z
    .record(
      z.string(),
      text.regex(/^\d+(\.\d+)?[bkmg]b?$/i, { error: "expected a size such as 512m or 2g" }),
      { error: "expected limits by service such as { api: 1g }" },
    )
    .optional(),
  allowUnsafe: texts,
  workers: z
    .strictObject(
      Object.fromEntries(poolNames.map((name) => [name, pool])) as Record<
        WorkerPoolName,
        typeof pool
      >,
      { error: "expected pools by name such as { events: { count: 2 } }" },
    )
    .optional(),
  redisPasswordIsMade: z.boolean({ error: "expected true or false" }).optional(),
  restartToken: text.optional(),
  allowKeyChange: z
    .array(
      z.enum(GUARDED_KEY_NAMES, { error: `expected one of ${GUARDED_KEY_NAMES.join(", ")}` }),
      { error: "expected a list of keys" },
    )
    .optional(),
  allowVolumeChange: texts,
} satisfies Record<SharedOption, z.ZodType>;
