/**
 * A compose project with every variable filled in, as compose would create it now. Holds secrets.
 */
import { z } from "zod";
import { parseOutput, unexpectedOutput } from "../process/parse-output.ts";
import type { ContainerSpec } from "./container-spec.ts";
import { containerSpecOf, resolvedServiceSchema, sharesWithContainer } from "./resolved-service.ts";

const volumeSchema = z.looseObject({
  name: z.string().default(""),
  external: z.unknown().optional(),
});

const files = z.record(z.string(), z.looseObject({ file: z.string().optional() })).nullish();

const projectSchema = z.looseObject({
  services: z.record(z.string(), resolvedServiceSchema).nullish(),
  volumes: z.record(z.string(), volumeSchema.nullable()).nullish(),
  configs: files,
  secrets: files,
});

/** One service as compose would create it. */
export interface ResolvedService {
  readonly name: string;
  /**
   * Compose's own hash of everything that it recreates a container for. Unsalted, and so secret. Empty
   * for a service that shares something with the container of another, since the id of that is in the
   * hash of a start.
   */
  readonly configHash: string;
  /** Number of containers. */
  readonly scale: number;
  readonly spec: ContainerSpec;
  readonly dependsOn: readonly Dependency[];
}

/** A dependency on another service. */
export interface Dependency {
  readonly name: string;
  /** Whether this service is restarted when the dependency is replaced. */
  readonly restart: boolean;
}

/** The services that would run, and the names of their volumes. */
export interface ResolvedProject {
  /** Sorted by name. */
  readonly services: readonly ResolvedService[];
  /** Names on the engine, without volumes that the files call external. */
  readonly volumes: readonly string[];
}

/**
 * Parses `docker compose config --format json` and `docker compose config --hash '*'`.
 *
 * @throws DeployError of kind `ParseError`, which quotes neither output. A service without a hash
 * is an error: its containers would always seem to differ
 */
export function parseResolved(config: string, hashes: string): ResolvedProject {
  const schema = z.preprocess(unescapeDollars, projectSchema);
  const project = parseOutput(schema, config, "docker compose config");
  const hashOf = parseHashes(hashes);
  const volumes = project.volumes ?? {};
  const { configs, secrets } = project;
  const shared = {
    volumeName: (key: string) => volumes[key]?.name || key,
    configFile: (key: string) => configs?.[key]?.file,
    secretFile: (key: string) => secrets?.[key]?.file,
  };
  return {
    services: Object.entries(project.services ?? {})
      .map(([name, service]) => ({
        name,
        configHash: sharesWithContainer(service) ? "" : hashOf(name),
        scale: service.deploy?.replicas ?? service.scale ?? 1,
        spec: containerSpecOf(service, shared),
        dependsOn: Object.entries(service.depends_on ?? {}).map(([other, { restart }]) => ({
          name: other,
          restart,
        })),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    volumes: Object.entries(volumes)
      .filter(([, volume]) => volume?.external !== true)
      .map(([key]) => shared.volumeName(key))
      .sort(),
  };
}

/** Parses lines of a service's name and its hash. */
function parseHashes(text: string): (service: string) => string {
  const hashes = new Map(
    [...text.matchAll(/^(\S+)[ \t]+(\S+)\s*$/gm)].map(([, name, hash]) => [name, hash]),
  );
  return (service) => {
    const hash = hashes.get(service);
    if (hash === undefined) {
      throw unexpectedOutput(`docker compose config --hash ${service}`);
    }
    return hash;
  };
}

/**
 * Turns `$$` back into a dollar sign. Compose doubles dollar signs so that its output can be read
 * as a compose file.
 */
function unescapeDollars(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replaceAll("$$", "$");
  }
  if (Array.isArray(value)) {
    return value.map(unescapeDollars);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, unescapeDollars(inner)]),
    );
  }
  return value;
}
