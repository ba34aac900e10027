import { z } from "zod";
import type { Role } from "../lago/catalogue/types.ts";
import { isKnownOneShot } from "../lago/one-shots.ts";
import { parseOutput } from "../process/parse-output.ts";
import { fieldsOf, textOf } from "../text/coerce.ts";
import { tryJson } from "../text/json.ts";
import { type FileModel, filesOf } from "./declared-files.ts";
import { interpolate } from "./interpolate.ts";
import { environmentByName } from "./merge-files.ts";
import { type NetworkModel, networksOf } from "./networks.ts";
import { isOneShotRole } from "./one-shots.ts";
import { commandText, healthTestText, roleOf } from "./roles.ts";
import { type MountModel, mountsOf, type VolumeModel, volumesOf } from "./volumes.ts";

const serviceSchema = z.looseObject({
  image: z.string().optional(),
  profiles: z.array(z.string()).nullish(),
  container_name: z.string().nullish(),
  restart: z.string().nullish(),
  ports: z.array(z.unknown()).nullish(),
  scale: z.unknown().optional(),
  deploy: z.looseObject({ replicas: z.unknown().optional() }).nullish(),
  healthcheck: z.looseObject({ disable: z.unknown().optional() }).nullish(),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string().optional() })).nullish(),
  // Compose leaves a list as it is while variables are not filled in.
  environment: z
    .unknown()
    .transform((given) => (Array.isArray(given) ? environmentByName(given) : given))
    .optional(),
});

const modelSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema).nullish(),
  volumes: z.unknown().optional(),
  networks: z.unknown().optional(),
});

/** Order in which a container is replaced, in the words of compose's `deploy.update_config`. */
export type UpdateOrder = "start-first" | "stop-first";

/** One service of a compose file. */
export interface ServiceModel {
  readonly name: string;
  readonly image: string | undefined;
  /** Role in Lago; undefined for a service that is not Lago's. */
  readonly role: Role | undefined;
  /** Container name fixed by the file. It would conflict with a second project on the host. */
  readonly containerName: string | undefined;
  readonly publishesPorts: boolean;
  readonly hasHealthCheck: boolean;
  /**
   * Whether the service is a one-shot, which runs once and ends: another service waits for its
   * completion, or the service is known by its role or name. Of other services only an end with exit
   * code 0 tells.
   */
  readonly oneShot: boolean;
  /** Names of the variables that the service gets from an `env_file`. Absent for none. */
  readonly fromEnvFiles?: readonly string[];
  /** Definition of the service in the files. */
  readonly definition: Readonly<Record<string, unknown>>;
  /**
   * Whether this service is missing from the files or differs from them, so that the override
   * defines it.
   */
  readonly added?: boolean;
  /**
   * Order in which the container is replaced, for a service that only a reverse proxy reaches.
   * Absent for every other service.
   */
  readonly updateOrder?: UpdateOrder;
  /** Services that this one depends on, where the override changes what the files say. */
  readonly waitsFor?: Readonly<Record<string, unknown>>;
}

/** A compose project as its files define it, with `${VARIABLES}` not filled in. */
export interface ComposeModel {
  /** Services of the active profiles, sorted by name. */
  readonly services: readonly ServiceModel[];
  /** Names of the variables that the files refer to, sorted. */
  readonly variables: readonly string[];
  /** Variables that must be set and not empty, with the messages of the files, sorted. */
  readonly requiredVariables: readonly RequiredVariable[];
  /** Names of services in the files that are disabled. Defaults to none. */
  readonly disabledServices?: readonly string[];
  /** Names of the services of all profiles, including disabled ones. Defaults to none. */
  readonly allServices?: readonly string[];
  /** Names of the profiles in the files, sorted. Left out where they are not known. */
  readonly profiles?: readonly string[];
  /** The volumes that the files declare. Defaults to none. */
  readonly volumes?: readonly VolumeModel[];
  /** The networks that the files declare. Defaults to none. */
  readonly networks?: readonly NetworkModel[];
  /** Files of the configs and secrets that the files declare. Defaults to none. */
  readonly files?: readonly FileModel[];
  /** Mounts of the services of all profiles, including disabled ones. Defaults to none. */
  readonly allMounts?: readonly MountModel[];
}

/** A variable that a compose file asks for as `${NAME:?message}`. */
export interface RequiredVariable {
  readonly name: string;
  readonly message: string;
}

/**
 * Parses the output of `docker compose config --no-interpolate --format json`, which lists the
 * services of all profiles.
 *
 * @param profiles the profiles that are on; `*` stands for all
 * @throws DeployError of kind `ParseError`
 */
export function parseComposeModel(text: string, profiles: readonly string[] = []): ComposeModel {
  const project = parseOutput(modelSchema, text, "docker compose config");
  const services = Object.fromEntries(
    Object.entries(project.services ?? {}).filter(
      ([, service]) => isActive(service.profiles ?? [], profiles) && !isScaledToNothing(service),
    ),
  );
  const texts = textsIn(tryJson(text)).join("\n");
  const awaited = new Set(
    Object.values(services).flatMap((service) =>
      Object.entries(service.depends_on ?? {})
        .filter(([, dependency]) => dependency.condition === "service_completed_successfully")
        .map(([name]) => name),
    ),
  );
  return {
    services: Object.entries(services)
      .map(([name, service]) => ({
        name,
        image: service.image,
        containerName: service.container_name ?? undefined,
        publishesPorts: (service.ports ?? []).length > 0,
        hasHealthCheck: service.healthcheck != null && service.healthcheck.disable !== true,
        ...withRole(roleInFiles(service), awaited.has(name) || isKnownOneShot(name)),
        definition: service,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    variables: [...new Set([...variablesIn(texts), ...namesOnly(services)])].sort(),
    requiredVariables: requiredVariablesIn(texts),
    allServices: Object.keys(project.services ?? {}),
    profiles: [
      ...new Set(Object.values(project.services ?? {}).flatMap((one) => one.profiles ?? [])),
    ].sort(),
    volumes: volumesOf(project.volumes),
    networks: networksOf(project.networks),
    files: filesOf(project),
    allMounts: Object.values(project.services ?? {}).flatMap(mountsOf),
  };
}

/** A role, and whether a service of that role runs once and ends. */
export function withRole(
  role: Role | undefined,
  isAwaited: boolean,
): Pick<ServiceModel, "role" | "oneShot"> {
  return { role, oneShot: isAwaited || isOneShotRole(role) };
}

/** Role of a service as the files define it, with the values of variables, else with their defaults. */
export function roleInFiles(
  definition: ServiceModel["definition"],
  environment: Readonly<Record<string, string>> = {},
): Role | undefined {
  const fill = (text: string) => interpolate(text, environment);
  return roleOf({
    image: fill(textOf(definition.image)),
    command: fill(commandText(definition)),
    healthCheck: healthTestText(definition),
  });
}

/** Names of variables that services have without a value, and so get from compose's environment. */
function namesOnly(services: Readonly<Record<string, z.output<typeof serviceSchema>>>): string[] {
  return Object.values(services).flatMap(({ environment }) =>
    Object.entries(fieldsOf(environment)).flatMap(([name, value]) =>
      value === null ? [name] : [],
    ),
  );
}

/**
 * Whether a service has zero replicas. Compose creates no container of it, so nothing waits for it.
 */
function isScaledToNothing(service: z.output<typeof serviceSchema>): boolean {
  return [service.scale, service.deploy?.replicas].some((count) => count === 0 || count === "0");
}

function isActive(own: readonly string[], on: readonly string[]): boolean {
  return own.length === 0 || on.includes("*") || own.some((profile) => on.includes(profile));
}

/** Lists all keys and texts of a JSON value, unescaped. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** Lists the names of the `$VARIABLES` that a text refers to; `$$` is a literal dollar sign. */
export function variablesIn(text: string): string[] {
  const names = [...text.matchAll(/\$\$|\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
  return [...new Set(names)].sort();
}

/** Lists the variables that a text refers to as `${NAME?message}` or `${NAME:?message}`. */
export function requiredVariablesIn(text: string): RequiredVariable[] {
  const found = new Map<string, RequiredVariable>();
  for (const match of text.matchAll(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*):?\?([^}]*)\}/g)) {
    const [, name, message] = match;
    if (name !== undefined) {
      found.set(name, { name, message: message || "is required by the compose file" });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
