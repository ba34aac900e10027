import { readFileSync } from "node:fs";
import { type Document, isMap, parseAllDocuments, visit, YAMLMap } from "yaml";
import { DeployError } from "../../errors.ts";
import { type Fields, fieldsOf } from "../../text/coerce.ts";
import { OVERRIDE_KEY, RESET_KEY } from "../merge-files.ts";

/** Most expansions of YAML aliases; more is an attack and not a compose file. */
const MAX_ALIASES = 1000;

/**
 * Reads the documents of a compose file, with anchors and merge keys filled in, and values tagged
 * `!reset` and `!override` wrapped.
 *
 * @throws DeployError of kind `ComposeFileInvalid`
 */
export function readYamlFile(path: string): Fields[] {
  const documents = parseAllDocuments(readText(path), { merge: true, logLevel: "silent" });
  if (!Array.isArray(documents) || documents.length === 0) {
    throw invalidFile(path, "expected settings by name at its top");
  }
  return documents.map((document) => contentOf(document, path));
}

/** Makes the error of a compose file that compose would refuse. */
export function invalidFile(path: string, fault: string): DeployError {
  return new DeployError("ComposeFileInvalid", `The compose file ${path} is not valid: ${fault}.`);
}

function contentOf(document: Document, path: string): Fields {
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw invalidFile(path, (fault.message.split("\n", 1)[0] ?? "").replace(/:$/, ""));
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
    throw invalidFile(path, "expected settings by name at its top");
  }
  try {
    return fieldsOf(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    throw invalidFile(path, (error as Error).message);
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
