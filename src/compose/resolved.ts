/** What compose would make of the files now, with every variable filled in. Holds secrets. */
import { z } from "zod";
import { parseOutput, unexpectedOutput } from "../process/parse-output.ts";
import type { ServiceFacts } from "./facts.ts";
import { resolvedFacts, resolvedServiceSchema } from "./resolved-service.ts";

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

/** One service as compose would make it. */
export interface ResolvedService {
  readonly name: string;
  /** Compose's own hash of all that it recreates a container for. Unsalted: it is secret. */
  readonly configHash: string;
  /** Number of containers. */
  readonly scale: number;
  readonly facts: ServiceFacts;
  readonly dependsOn: readonly Dependency[];
}

/** A service that another one waits for. */
export interface Dependency {
  readonly name: string;
  /** Whether the other one is restarted when this one is replaced. */
  readonly restart: boolean;
}

/** The services that would run, and the names of the volumes they would have. */
export interface ResolvedProject {
  /** Sorted by name. */
  readonly services: readonly ResolvedService[];
  /** Names as the engine has them, without those that the files call external. */
  readonly volumes: readonly string[];
}

/**
 * Reads `docker compose config --format json` and `docker compose config --hash '*'`.
 *
 * @throws DeployError of kind `ParseError`, which shows nothing of either. A service without a hash
 *   is such a fault: whatever runs would seem to differ from it
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
        configHash: hashOf(name),
        scale: service.deploy?.replicas ?? service.scale ?? 1,
        facts: resolvedFacts(service, shared),
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

/** Reads lines of a service's name and its hash. */
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

/** Compose prints a dollar sign as two, so that its output could be read as a compose file again. */
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
