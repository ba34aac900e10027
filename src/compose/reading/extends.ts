import { dirname } from "node:path";
import { type Fields, fieldsOf, textOf } from "../../text/coerce.ts";
import { define, mergeService } from "../merge-files.ts";
import { isRemote, pathIn, type ReadingContext, withAbsoluteEnvFiles } from "./context.ts";
import { invalidFile, readYamlFile } from "./yaml-file.ts";

/** Services of one file, and the file. */
interface FileOfServices {
  readonly path: string;
  /** Folder that relative paths in the services start from. */
  readonly folder: string;
  readonly services: Fields;
}

/**
 * Puts into each service of a file what it extends, from the same file or another one.
 *
 * @throws DeployError of kind `ComposeFileInvalid` for a service that is not there, or a circle
 */
export function withExtended(file: FileOfServices, context: ReadingContext): Fields {
  const out: Fields = {};
  for (const name of Object.keys(file.services)) {
    define(out, name, extended(name, file, context, []));
  }
  return out;
}

function extended(
  name: string,
  file: FileOfServices,
  context: ReadingContext,
  before: readonly string[],
): unknown {
  const { services, path } = file;
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  const { extends: reference, ...own } = fieldsOf(service);
  if (reference === undefined) {
    return service;
  }
  const here = `${path}\n${name}`;
  if (before.includes(here)) {
    throw invalidFile(path, `services.${name} extends itself in a circle`);
  }
  const { service: base = reference, file: other } = fieldsOf(reference);
  if (isRemote(other)) {
    context.notFollowed.push(`services.${name}.extends`);
    return own;
  }
  const from =
    other === undefined ? file : readServices(pathIn(file.folder, other, context), context);
  const baseName = textOf(base);
  if (!Object.hasOwn(from.services, baseName)) {
    const where = from === file ? "this file" : from.path;
    throw invalidFile(path, `services.${name} extends ${baseName}, which ${where} does not have`);
  }
  const inherited = extended(baseName, from, context, [...before, here]);
  return mergeService(fieldsOf(inherited), own);
}

function readServices(path: string, context: ReadingContext): FileOfServices {
  const folder = dirname(path);
  const services = readYamlFile(path).map((one) =>
    withAbsoluteEnvFiles(one.services, folder, context),
  );
  return { path, folder, services: Object.assign({}, ...services) };
}
