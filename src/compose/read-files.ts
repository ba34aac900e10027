/**
 * Contents of compose files, read without docker.
 *
 * `docker compose config` would be an exact reader, but not one for lint: the people and the
 * pipelines that check files have no docker, and `--no-interpolate` leaves `env_file` unread. So
 * the files are read here as compose reads them, and what is not read is named.
 */
import { dirname } from "node:path";
import { type Fields, fieldsOf } from "../text/coerce.ts";
import { lookupIn } from "./env-file/compose-environment.ts";
import { define } from "./merge-files.ts";
import { type ComposeModel, parseComposeModel } from "./model.ts";
import { readProject } from "./reading/read-project.ts";
import { judgeReferences, type ReferenceFault, type UnsetReference } from "./reading/references.ts";
import { type FileAssignment, withEnvFiles } from "./reading/service-env-files.ts";
import { type UnknownKey, unknownKeys } from "./reading/unknown-keys.ts";
import { invalidFile } from "./reading/yaml-file.ts";
import { type ServiceDetails, serviceDetails } from "./service-details.ts";

/** Contents of compose files. */
export interface ComposeReading {
  readonly model: ComposeModel;
  readonly services: readonly ServiceDetails[];
  /** Variables of compose's own environment: those given, and those beside included files. */
  readonly variables: Readonly<Record<string, string>>;
  /** Places of what is not read, such as an `include` from a repository. */
  readonly notFollowed: readonly string[];
  /** Variables that the files refer to without a default, and that are not set. */
  readonly unset: readonly UnsetReference[];
  /** Variables of the files that services name as `env_file`. */
  readonly assignments: readonly FileAssignment[];
  /** Keys that compose refuses. */
  readonly unknownKeys: readonly UnknownKey[];
  /** Files and references that compose refuses. */
  readonly faults: readonly ReferenceFault[];
  /** Whether the services have all variables that compose would give them. */
  readonly isComplete: boolean;
}

/** How compose files are read. */
export interface ReadOptions {
  /** Active profiles; `*` means all. Defaults to none. */
  readonly profiles?: readonly string[];
  /** Compose's own environment. Defaults to an empty one. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Reads compose files as compose would, each merged on top of those before it, with anchors, merge
 * keys, `!reset` and `!override`, `include`, `extends` and `env_file`. Variables are filled in where
 * they name a file, and nowhere else. Relative paths start from the folder of the first file.
 *
 * @throws DeployError of kind `ComposeFileInvalid`, or `InvalidConfig` for the `.env` file beside an
 *   included file
 */
export function readComposeFiles(
  paths: readonly string[],
  { profiles = [], variables = {} }: ReadOptions = {},
): ComposeReading {
  const notFollowed: string[] = [];
  const included: Record<string, string> = {};
  const context = { variables, notFollowed, included };
  const project = readProject(paths, dirname(paths[0] ?? "."), context);
  const all = { ...included, ...variables };
  const active = parseModel(project, profiles, paths).services.map(({ name }) => name);
  const read = withEnvFiles(fieldsOf(project.services), active, all);
  const filled = { ...project, services: read.services };
  const { unset, faults } = judgeReferences(project, lookupIn(all));
  const places = [...new Set([...notFollowed, ...read.notFollowed])];
  return {
    model: parseModel(filled, profiles, paths),
    services: serviceDetails(filled, active).map((one) => {
      const fromEnvFiles = read.names.get(one.name) ?? [];
      return fromEnvFiles.length === 0 ? one : { ...one, fromEnvFiles };
    }),
    variables: all,
    notFollowed: places,
    unset,
    assignments: read.assignments,
    unknownKeys: unknownKeys(project),
    faults: [...faults, ...read.faults],
    isComplete: places.length === 0 && read.faults.length === 0,
  };
}

/** Expands short forms into the form of `docker compose config`, and parses that. */
function parseModel(project: Fields, profiles: readonly string[], paths: readonly string[]) {
  const services: Fields = {};
  for (const [name, value] of Object.entries(fieldsOf(project.services))) {
    const { depends_on: dependsOn, ...service } = fieldsOf(value);
    const dependencies = Array.isArray(dependsOn)
      ? Object.fromEntries(dependsOn.map((one) => [String(one), { condition: "service_started" }]))
      : dependsOn;
    define(services, name, { ...service, depends_on: dependencies });
  }
  try {
    return parseComposeModel(JSON.stringify({ ...project, services }), profiles);
  } catch {
    throw invalidFile(paths.join(", "), "a service does not have the form that compose expects");
  }
}
