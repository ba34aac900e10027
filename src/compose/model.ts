import { z } from "zod";
import { DeployError } from "../errors.ts";
import { tryJson } from "../text/json.ts";
import { type NetworkModel, networksOf } from "./networks.ts";
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
});

const modelSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema).nullish(),
  volumes: z.unknown().optional(),
  networks: z.unknown().optional(),
});

/** One service of a compose file. */
export interface ServiceModel {
  readonly name: string;
  readonly image: string | undefined;
  /** A name fixed by the file, which a second project on the host would collide with. */
  readonly containerName: string | undefined;
  readonly publishesPorts: boolean;
  readonly hasHealthCheck: boolean;
  /** Whether it runs once and ends: another service waits for its completion, or it is known to. */
  readonly oneShot: boolean;
  /** All that the files say of it. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** Whether the files do not have it as it is here, so that the override has to define it. */
  readonly added?: boolean;
  /** What it waits for, where that is not what the files say. */
  readonly waitsFor?: Readonly<Record<string, unknown>>;
}

/** A compose project as its files say it, with `${VARIABLES}` not filled in. */
export interface ComposeModel {
  /** Those that run with the profiles that are on, sorted by name. */
  readonly services: readonly ServiceModel[];
  /** Names of the variables that the files refer to, sorted. */
  readonly variables: readonly string[];
  /** Variables that must be set and not empty, with what the files say of them, sorted. */
  readonly requiredVariables: readonly RequiredVariable[];
  /** Names of services that the files have and that are not to run. Defaults to none. */
  readonly left?: readonly string[];
  /** Names of the services of all profiles, those that are not to run among them. Defaults to none. */
  readonly allServices?: readonly string[];
  /** The volumes that the files declare. Defaults to none. */
  readonly volumes?: readonly VolumeModel[];
  /** The networks that the files declare. Defaults to none. */
  readonly networks?: readonly NetworkModel[];
  /** What the services of all profiles mount, those that are not to run among them. Defaults to nothing. */
  readonly allMounts?: readonly MountModel[];
}

/** A variable that a compose file asks for as `${NAME:?message}`. */
export interface RequiredVariable {
  readonly name: string;
  readonly message: string;
}

/** One-shots of Lago's files that no other service waits for. */
const KNOWN_ONE_SHOTS = new Set(["migrate", "rsa-keys"]);

/**
 * Reads the output of `docker compose config --no-interpolate --format json`, which lists the
 * services of all profiles.
 *
 * @param profiles the profiles that are on; `*` stands for all
 * @throws DeployError of kind `ParseError`
 */
export function parseComposeModel(text: string, profiles: readonly string[] = []): ComposeModel {
  const value = tryJson(text);
  const parsed = modelSchema.safeParse(value);
  if (!parsed.success) {
    throw new DeployError(
      "ParseError",
      "The output of `docker compose config` is not of the expected form. Run `z-billing-lago doctor` to see whether this compose version is supported.",
      { cause: parsed.error },
    );
  }
  const services = Object.fromEntries(
    Object.entries(parsed.data.services ?? {}).filter(
      ([, service]) => isActive(service.profiles ?? [], profiles) && !isScaledToNothing(service),
    ),
  );
  const texts = textsIn(value).join("\n");
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
        oneShot: awaited.has(name) || KNOWN_ONE_SHOTS.has(name),
        definition: service,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    variables: variablesIn(texts),
    requiredVariables: requiredVariablesIn(texts),
    allServices: Object.keys(parsed.data.services ?? {}),
    volumes: volumesOf(parsed.data.volumes),
    networks: networksOf(parsed.data.networks),
    allMounts: Object.values(parsed.data.services ?? {}).flatMap(mountsOf),
  };
}

/** Compose makes no container of such a service: nobody is to wait for one. */
function isScaledToNothing(service: z.output<typeof serviceSchema>): boolean {
  return [service.scale, service.deploy?.replicas].some((count) => count === 0 || count === "0");
}

function isActive(own: readonly string[], on: readonly string[]): boolean {
  return own.length === 0 || on.includes("*") || own.some((profile) => on.includes(profile));
}

/** All keys and texts of a JSON value, as the file had them before JSON escaped them. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** Names of the `$VARIABLES` that a text refers to; `$$` is a literal dollar sign. */
export function variablesIn(text: string): string[] {
  const names = [...text.matchAll(/\$\$|\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
  return [...new Set(names)].sort();
}

/** The variables that a text refers to as `${NAME?message}` or `${NAME:?message}`. */
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
