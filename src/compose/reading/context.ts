import { homedir } from "node:os";
import { resolve } from "node:path";
import { type Fields, fieldsOf, listOf, textOf } from "../../text/coerce.ts";
import { interpolate } from "../interpolate.ts";
import { define, mapWrapped } from "../merge-files.ts";

/** State of the reading of one project. */
export interface ReadingContext {
  /** Values for the variables in paths. */
  readonly variables: Readonly<Record<string, string>>;
  /** Places of what is on another machine and is not read. */
  readonly notFollowed: string[];
  /** Variables of the `.env` files beside included files, which count less than all others. */
  readonly included: Record<string, string>;
}

/** Fills in the variables of a path and makes it absolute. */
export function pathIn(folder: string, value: unknown, { variables }: ReadingContext): string {
  const path = interpolate(textOf(value), variables);
  return resolve(folder, path.replace(/^~(?=\/|$)/, homedir()));
}

/** Whether compose would fetch a file from a repository or a registry. */
export function isRemote(value: unknown): boolean {
  return /^(oci:\/\/|https?:\/\/|ssh:\/\/|git:\/\/|git@|github\.com\/)|\.git(#|$)/.test(
    textOf(value),
  );
}

/** Gives all `env_file` of services absolute paths, and one form: lists of `path` and `required`. */
export function withAbsoluteEnvFiles(
  services: unknown,
  folder: string,
  context: ReadingContext,
): Fields {
  const out: Fields = {};
  for (const [name, service] of Object.entries(fieldsOf(services))) {
    define(
      out,
      name,
      mapWrapped(service, (definition) => withAbsolute(definition, folder, context)),
    );
  }
  return out;
}

function withAbsolute(service: unknown, folder: string, context: ReadingContext): unknown {
  const { env_file: envFiles } = fieldsOf(service);
  if (envFiles == null) {
    return service;
  }
  const absoluteOnes = (value: unknown) =>
    listOf(value).map((one) => absolute(one, folder, context));
  return { ...fieldsOf(service), env_file: mapWrapped(envFiles, absoluteOnes) };
}

function absolute(value: unknown, folder: string, context: ReadingContext) {
  const { path = value, required, format } = fieldsOf(value);
  const isRequired =
    required !== false && interpolate(textOf(required), context.variables) !== "false";
  return { path: pathIn(folder, path, context), required: isRequired, format };
}
