/** A deployment with its data, as compose and docker tell of it. */
import { parseComposeModel } from "../../../src/compose/model.ts";
import type { FoundMount, FoundVolume } from "../../../src/observe/found-volumes.ts";
import type { FoundVolumes } from "../../../src/observe/volumes.ts";
import { volumeIssues } from "../../../src/volumes/changes.ts";
import { declaredVolumesOf } from "../../../src/volumes/declared.ts";

export const PROJECT = "lago-test";

type Json = Readonly<Record<string, unknown>>;

/** One entry of a service's `volumes`, as `docker compose config` prints it. */
export const mount = (source: string, target: string, type = "volume") => ({
  type,
  source,
  target,
});

/** A service with these mounts. */
export const service = (...volumes: Json[]) => ({ image: "x", volumes });

/** A database and a Redis, each with a volume of its own. */
export const SERVICES: Readonly<Record<string, Json>> = {
  db: service(mount("pg", "/data")),
  redis: service(mount("rd", "/data")),
};
export const VOLUMES: Json = {
  pg: { name: "lago-test_pg" },
  rd: { name: "lago-test_rd" },
};

/** A volume that compose made for the project. */
export function volume(key: string, change: Partial<FoundVolume> = {}): FoundVolume {
  const label = { project: PROJECT, key, holdsFingerprints: false, keysLabel: "" };
  return { name: `${PROJECT}_${key}`, ...label, driver: "local", options: {}, ...change };
}

/** What the engine has of that deployment. */
export function found(change: Partial<FoundVolumes> = {}): FoundVolumes {
  const volumes = [volume("pg"), volume("rd")];
  const mounts: FoundMount[] = [
    { service: "db", volume: "lago-test_pg", target: "/data" },
    { service: "redis", volume: "lago-test_rd", target: "/data" },
  ];
  return { volumes, mounts, hasContainers: true, all: volumes, ...change };
}

/** The same after `down`: no container is left to tell anything. */
export const stopped = (volumes: FoundVolume[] = [volume("pg"), volume("rd")]) =>
  found({ volumes, mounts: [], hasContainers: false });

/** What compose files declare. */
export interface Declared {
  readonly services?: Json;
  readonly volumes?: Json;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly unknown?: readonly string[];
}

/** What files declare; those of the deployment unless said otherwise. */
export function declared({ profiles, environment = {}, unknown = [], ...files }: Declared = {}) {
  const text = JSON.stringify({ services: SERVICES, volumes: VOLUMES, ...files });
  return declaredVolumesOf(parseComposeModel(text, profiles), { environment, unknown });
}

/** What speaks against a start. */
export function issuesOf(files: Declared, engine = found(), allowed: readonly string[] = []) {
  return volumeIssues({ project: PROJECT, declaration: declared(files), found: engine, allowed });
}
