import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Fields, fieldsOf, isFields, listOf } from "../../text/coerce.ts";
import { parseProjectEnvFile } from "../env-file/compose-environment.ts";
import { define, mapWrapped, mergeFiles } from "../merge-files.ts";
import { isRemote, pathIn, type ReadingContext, withAbsoluteEnvFiles } from "./context.ts";
import { withExtended } from "./extends.ts";
import { invalidFile, readYamlFile } from "./yaml-file.ts";

/** Parts of a project that an included file adds to. */
const RESOURCES = ["services", "volumes", "networks", "secrets", "configs"] as const;

/**
 * Reads compose files and merges each on top of those before it, with what they include and extend.
 *
 * @param folder absolute path that relative paths in the files start from
 * @throws DeployError of kind `ComposeFileInvalid`
 */
export function readProject(
  paths: readonly string[],
  folder: string,
  context: ReadingContext,
  including: readonly string[] = [],
): Fields {
  const circle = paths.find((path) => including.includes(path));
  if (circle !== undefined) {
    throw invalidFile(circle, "it includes itself in a circle");
  }
  const documents = paths.flatMap((path) =>
    readYamlFile(path).map((document) => {
      const services = mapWrapped(document.services, (own) =>
        isFields(own)
          ? withExtended(
              { path, folder, services: withAbsoluteEnvFiles(own, folder, context) },
              context,
            )
          : own,
      );
      const whole = document.services === undefined ? document : { ...document, services };
      return withIncluded(whole, path, folder, context, [...including, ...paths]);
    }),
  );
  return documents.reduce(mergeFiles, {});
}

function withIncluded(
  { include, ...document }: Fields,
  path: string,
  folder: string,
  context: ReadingContext,
  including: readonly string[],
): Fields {
  return listOf(include).reduce<Fields>((into, one) => {
    const { path: given = one, project_directory: directory, env_file: envFile } = fieldsOf(one);
    const named = listOf(given);
    if (named.some(isRemote)) {
      context.notFollowed.push("include");
      return into;
    }
    const files = named.map((file) => pathIn(folder, file, context));
    const base =
      directory === undefined ? dirname(files[0] ?? path) : pathIn(folder, directory, context);
    const envFiles =
      envFile === undefined
        ? [join(base, ".env")].filter((file) => existsSync(file))
        : listOf(envFile).map((file) => pathIn(folder, file, context));
    const variables = environmentOf(envFiles, path, context);
    const included = readProject(files, base, { ...context, variables }, including);
    return withResources(into, included, path);
  }, document);
}

/** Adds the variables of the `.env` files of an included file to those that all files see. */
function environmentOf(
  files: readonly string[],
  path: string,
  { variables, included }: ReadingContext,
): Readonly<Record<string, string>> {
  const all: Record<string, string> = { ...variables };
  for (const file of files) {
    if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)) {
      throw invalidFile(path, `it includes a file with the env_file ${file}, which is no file`);
    }
    const read = parseProjectEnvFile(readFileSync(file), file, all);
    for (const [name, value] of Object.entries(read.variables)) {
      if (!Object.hasOwn(all, name)) {
        define(all, name, value);
        define(included, name, value);
      }
    }
  }
  return all;
}

/**
 * Adds the parts of an included file. Compose merges nothing here, and refuses two services of one
 * name unless both are the same.
 */
function withResources(into: Fields, included: Fields, path: string): Fields {
  const out = { ...into };
  for (const key of RESOURCES) {
    const merged: Fields = { ...fieldsOf(into[key]) };
    for (const [name, value] of Object.entries(fieldsOf(included[key]))) {
      const present = Object.hasOwn(merged, name);
      if (present && JSON.stringify(merged[name]) !== JSON.stringify(value)) {
        throw invalidFile(path, `${key}.${name} is in the file and in a file that it includes`);
      }
      define(merged, name, value);
    }
    if (included[key] !== undefined) {
      out[key] = merged;
    }
  }
  return out;
}
