import { z } from "zod";
import { volumeRemovalIssues, volumesToRemove } from "../config/volume-removal.ts";
import { engineFaults } from "../engine/settings.ts";
import { type ConfigIssue, invalidConfig } from "../errors.ts";
import { GUARDED_KEY_NAMES } from "../keys/lago-keys.ts";
import { AUTO } from "../ports/choose.ts";
import { WORKER_POOLS, type WorkerPoolName } from "../workers/pools.ts";
import { verifiedBundledPath } from "./bundled-file.ts";
import { LagoDeployment } from "./lago-deployment.ts";
import { type LagoDeploymentOptions, PULL_POLICIES } from "./options.ts";

const port = z.union([z.int().min(1).max(65535), z.literal(AUTO)], {
  error: `expected a port, 1 to 65535, or "${AUTO}"`,
});

const workerSchema = z
  .strictObject({
    count: z.int().min(1).max(100).optional(),
    concurrency: z.int().min(1).max(1000).optional(),
  })
  .optional();

const poolNames = Object.keys(WORKER_POOLS) as WorkerPoolName[];
const workersSchema = z.strictObject(
  Object.fromEntries(poolNames.map((name) => [name, workerSchema])) as Record<
    WorkerPoolName,
    typeof workerSchema
  >,
);

const schema = z.strictObject({
  projectName: z.string(),
  dockerHost: z.string().optional(),
  dockerContext: z.string().optional(),
  dockerCertPath: z.string().optional(),
  lagoPath: z.string().optional(),
  composeFiles: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  ports: z
    .strictObject({
      api: port.optional(),
      front: port.optional(),
      address: z.union([z.ipv4(), z.ipv6()], { error: "expected an IP address" }).optional(),
    })
    .optional(),
  pullPolicy: z.enum(PULL_POLICIES).optional(),
  startTimeoutSeconds: z.number().positive().max(86_400).optional(),
  lockTimeoutSeconds: z.number().nonnegative().max(86_400).optional(),
  version: z
    .string()
    .regex(/^v?\d+\.\d+\.\d+[\w.-]*$/, { error: "expected a release of Lago such as v1.50.0" })
    .transform((version) => (version.startsWith("v") ? version : `v${version}`))
    .optional(),
  memoryLimits: z
    .record(
      z.string(),
      z.string().regex(/^\d+(\.\d+)?[bkmg]b?$/i, { error: "expected a size such as 512m or 2g" }),
    )
    .optional(),
  allowUnsafe: z.array(z.string()).optional(),
  workers: workersSchema.optional(),
  redisPasswordIsMade: z.boolean().optional(),
  restartToken: z.string().optional(),
  /** Name of the project, to remove its volumes at its end; `false` keeps them. */
  removeVolumesOnDestroy: z.union([z.string(), z.boolean()]).optional(),
  allowKeyChange: z
    .array(z.enum(GUARDED_KEY_NAMES, { error: `expected one of ${GUARDED_KEY_NAMES.join(", ")}` }))
    .optional(),
  allowVolumeChange: z.array(z.string()).optional(),
  /** Names, never values, of the variables that belong to the deployment. */
  variables: z.array(z.string()).optional(),
});

/**
 * Which deployment is meant, in a form that one program can hand to another: everything about it but
 * the values of its variables, which may be secret and travel by process environment.
 */
export type DeploymentSpec = z.output<typeof schema>;

/** @throws DeployError of kind `InvalidConfig` that names every fault */
export function parseDeploymentSpec(value: unknown): DeploymentSpec {
  const parsed = schema.safeParse(value);
  const issues = parsed.success
    ? [...removalIssues(parsed.data), ...engineFaults(parsed.data)]
    : parsed.error.issues.flatMap(issuesOf);
  if (parsed.success && issues.length === 0) {
    return parsed.data;
  }
  throw invalidConfig(issues);
}

/** What is wrong with a wish to remove volumes; see {@link volumeRemovalIssues}. */
export function removalIssues(
  spec: Pick<DeploymentSpec, "projectName" | "removeVolumesOnDestroy">,
): ConfigIssue[] {
  const asked = volumesToRemove(spec.removeVolumesOnDestroy);
  return volumeRemovalIssues("removeVolumesOnDestroy", spec.projectName, asked);
}

function issuesOf(issue: z.core.$ZodIssue): ConfigIssue[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join("."),
      message: "no such setting",
    }));
  }
  return [{ field: issue.path.join(".") || "spec", message: issue.message }];
}

/** The deployment that a spec means, with the values of its variables taken from `values`. */
export function deploymentOf(
  spec: DeploymentSpec,
  values: Readonly<Record<string, string | undefined>>,
  calls: Pick<
    LagoDeploymentOptions,
    "signal" | "onProgress" | "onLook" | "timeoutMs" | "reads" | "timings"
  > = {},
): LagoDeployment {
  const environment: Record<string, string> = {};
  for (const name of spec.variables ?? []) {
    const value = values[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return new LagoDeployment(spec.lagoPath ?? verifiedBundledPath(), {
    ...spec,
    ...calls,
    environment,
  });
}
