import { readFileSync } from "node:fs";
import { isMap, parseDocument, visit, YAMLMap } from "yaml";
import { DeployError } from "../errors.ts";
import { type Fields, fieldsOf } from "../text/coerce.ts";
import { define, mergeFiles, OVERRIDE_KEY, RESET_KEY } from "./merge-files.ts";
import { type ComposeModel, parseComposeModel } from "./model.ts";
import { type ServiceDetails, serviceDetails } from "./service-details.ts";

/** Contents of compose files, read without docker. */
export interface ComposeReading {
  readonly model: ComposeModel;
  readonly services: readonly ServiceDetails[];
  /** Features that this reader does not follow: `include`, and services that `extend` others. */
  readonly notFollowed: readonly string[];
}

/** Most expansions of YAML aliases; more is an attack and not a compose file. */
const MAX_ALIASES = 1000;

/**
 * Reads compose files as compose would, each merged on top of those before it, with anchors, merge
 * keys, `!reset` and `!override`. Variables are not filled in.
 *
 * @param profiles active profiles; `*` means all
 * @throws DeployError of kind `ComposeFileInvalid`
 */
export function readComposeFiles(
  paths: readonly string[],
  profiles: readonly string[] = [],
): ComposeReading {
  const project = paths.map((path) => readOne(path)).reduce(mergeFiles, {});
  const model = parseModel(project, profiles, paths);
  const names = model.services.map(({ name }) => name);
  const services = fieldsOf(project.services);
  return {
    model,
    services: serviceDetails(project, names),
    notFollowed: [
      ...(project.include === undefined ? [] : ["include"]),
      ...names
        .filter((name) => fieldsOf(services[name]).extends !== undefined)
        .map((name) => `services.${name}.extends`),
    ],
  };
}

function readOne(path: string): Fields {
  const document = parseDocument(readText(path), { merge: true, logLevel: "silent" });
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw invalid(path, (fault.message.split("\n", 1)[0] ?? "").replace(/:$/, ""));
  }
  visit(document, {
    Node: (_key, node) => {
      const key = { "!override": OVERRIDE_KEY, "!reset": RESET_KEY }[node.tag ?? ""];
      if (key === undefined) {
        return undefined;
      }
      delete node.tag;
      const wrapper = new YAMLMap();
      wrapper.set(key, node);
      return wrapper;
    },
  });
  if (!isMap(document.contents)) {
    throw invalid(path, "expected settings by name at its top");
  }
  try {
    return fieldsOf(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    throw invalid(path, (error as Error).message);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new DeployError("ComposeFileInvalid", `The compose file ${path} cannot be read.`, {
      cause: error,
    });
  }
}

function invalid(path: string, what: string): DeployError {
  return new DeployError("ComposeFileInvalid", `The compose file ${path} is not valid: ${what}.`);
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
    throw invalid(paths.join(", "), "a service does not have the form that compose expects");
  }
}
