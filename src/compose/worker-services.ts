import { DeployError } from "../errors.ts";
import {
  scriptOf,
  WORKER_POOLS,
  type WorkerPool,
  type WorkerPoolName,
  type WorkerSettings,
  type WorkersSettings,
} from "../lago/pools.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import { commandText } from "./roles.ts";

/** Name of the worker for all jobs in Lago's root file, which dedicated workers are modeled on. */
const PATTERN_SERVICE = "api-worker";

/** Script that the worker for all jobs runs, under any service name. */
const PATTERN_SCRIPT = "start.worker.sh";

/** Fields that a dedicated worker inherits from the worker for all jobs. */
const INHERITED = [
  "image",
  "environment",
  "volumes",
  "depends_on",
  "healthcheck",
  "restart",
  "logging",
  "networks",
  "secrets",
  "env_file",
] as const;

/**
 * Adds the wanted dedicated workers to the model. They override workers of the same pool that a
 * file defines.
 *
 * @throws DeployError of kind `InvalidConfig` when the files have no worker to take as the pattern
 */
export function withWorkers(model: ComposeModel, workers: WorkersSettings = {}): ComposeModel {
  const wanted = wantedPools(workers);
  if (wanted.length === 0) {
    return model;
  }
  const pattern =
    model.services.find(({ definition }) => commandText(definition).includes(PATTERN_SCRIPT)) ??
    model.services.find(({ role }) => role === "worker");
  if (pattern === undefined) {
    throw new DeployError(
      "InvalidConfig",
      `The compose files have no service ${PATTERN_SERVICE} to take as the pattern for the setting \`workers\`. Remove the setting, or define the workers in a compose file of your own.`,
      { issues: [{ field: "workers", message: `the compose files have no ${PATTERN_SERVICE}` }] },
    );
  }
  const added = wanted.map(({ pool, settings }): ServiceModel => {
    const own =
      model.services.find(({ name }) => name === pool.service) ??
      model.services.find((service) => runsPool(service, pool));
    return {
      ...pattern,
      name: own?.name ?? pool.service,
      containerName: own?.containerName,
      publishesPorts: own?.publishesPorts ?? false,
      definition: workerDefinition(own?.definition ?? pick(pattern.definition), pool, settings),
      added: true,
    };
  });
  const names = new Set(added.map(({ name }) => name));
  const services = [...model.services.filter(({ name }) => !names.has(name)), ...added];
  return { ...model, services: services.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

/**
 * Returns the variables that send jobs to the wanted pools, and to the pools whose workers the
 * files define, for every back-end service.
 *
 * @param given names of variables that are set; toggles of the files' own pools among them are not
 * overridden
 */
export function workerToggles(
  workers: WorkersSettings = {},
  model?: ComposeModel,
  given: readonly string[] = [],
): Record<string, string> {
  const asked = wantedPools(workers).map(({ pool }) => pool.toggle);
  const found = Object.values(WORKER_POOLS)
    .filter((pool) => model?.services.some((service) => runsPool(service, pool)))
    .map(({ toggle }) => toggle)
    .filter((toggle) => !given.includes(toggle));
  return Object.fromEntries([...asked, ...found].map((toggle) => [toggle, "true"]));
}

function runsPool({ role, definition }: ServiceModel, pool: WorkerPool): boolean {
  return role === "worker" && scriptOf(commandText(definition)) === pool.script;
}

function wantedPools(workers: WorkersSettings) {
  return Object.entries(workers).flatMap(([name, settings]) =>
    settings === undefined ? [] : [{ pool: WORKER_POOLS[name as WorkerPoolName], settings }],
  );
}

function workerDefinition(
  base: ServiceModel["definition"],
  pool: WorkerPool,
  { count = 1, concurrency }: WorkerSettings,
): ServiceModel["definition"] {
  const own = concurrency === undefined ? {} : { SIDEKIQ_CONCURRENCY: String(concurrency) };
  const { container_name: _, ...rest } = base;
  return {
    ...rest,
    command: [`./scripts/${pool.script}`],
    environment: { ...environmentOf(base), ...own },
    scale: count,
  };
}

function pick(definition: ServiceModel["definition"]): ServiceModel["definition"] {
  return Object.fromEntries(
    INHERITED.filter((key) => definition[key] != null).map((key) => [key, definition[key]]),
  );
}

/** Environment in map form: compose has already turned the list form into it. */
function environmentOf(definition: ServiceModel["definition"]): Readonly<Record<string, unknown>> {
  const { environment } = definition;
  return typeof environment === "object" && environment !== null
    ? (environment as Readonly<Record<string, unknown>>)
    : {};
}
