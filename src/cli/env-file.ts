import { readFileSync } from "node:fs";
import { parseProjectEnvFile } from "../compose/env-file/compose-environment.ts";
import type { EnvFile } from "../compose/env-file/parse.ts";
import { DeployError } from "../errors.ts";
import type { Environment } from "./target.ts";

/**
 * Reads a `.env` file as compose does.
 *
 * @param environment the environment of the process, which counts more than the file
 * @throws DeployError of kind `PathNotFound`, or `InvalidConfig` for a line that compose refuses
 */
export function readEnvFile(path: string, environment: Environment): EnvFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new DeployError("PathNotFound", `The environment file ${path} cannot be read.`, {
      cause: error,
    });
  }
  return parseProjectEnvFile(bytes, path, environment);
}
