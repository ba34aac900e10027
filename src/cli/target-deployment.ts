import { resolve } from "node:path";
import { ComposeReads } from "../compose/compose-reads.ts";
import { defaultProjectName } from "../compose/project-name.ts";
import { deploymentOf } from "../deployment/from-spec.ts";
import type { LagoDeployment } from "../deployment/lago-deployment.ts";
import type { LagoDeploymentOptions } from "../deployment/options.ts";
import { invalidConfig } from "../errors.ts";
import { definedOnly } from "../process/environment.ts";
import { type DeploymentSpec, parseDeploymentSpec } from "../spec/spec.ts";
import { SPEC_VARIABLE } from "../spec/spec-variable.ts";
import { envFileOf, type FileOptions } from "./env-file-target.ts";
import { settingsFrom } from "./setting-options.ts";
import { type Environment, projectNameOf, type TargetOptions } from "./target.ts";

/** Makes the deployment of the command line, or of the Pulumi program that called it. */
export async function targetDeployment(
  options: TargetOptions,
  environment: Environment,
  calls: Pick<LagoDeploymentOptions, "signal" | "onProgress" | "onStatusPoll" | "timings">,
): Promise<LagoDeployment> {
  const given = environment[SPEC_VARIABLE];
  if (given !== undefined) {
    return deploymentOf(parseDeploymentSpec(parseJson(given)), environment, calls);
  }
  const file =
    options.envFile === undefined ? undefined : envFileOf(options, options.envFile, environment);
  const spec = specFromOptions(file?.options ?? options);
  for (const message of file?.notes(spec.projectName) ?? []) {
    calls.onProgress?.({ message });
  }
  const fromFile = file?.variables ?? {};
  // For a person, as with compose itself, a variable of the caller counts if the compose files
  // refer to it, and counts more than the file.
  const shared = { ...calls, reads: new ComposeReads() };
  const { variables } = await deploymentOf(spec, {}, shared).model();
  const values = { ...fromFile, ...definedOnly(environment) };
  const names = new Set([...variables, ...Object.keys(fromFile)]);
  return deploymentOf({ ...spec, variables: [...names] }, values, shared);
}

/** Makes the spec of the deployment, without checking whether the deployment exists. */
export function targetSpec(options: TargetOptions, environment: Environment): DeploymentSpec {
  const given = environment[SPEC_VARIABLE];
  if (given !== undefined) {
    return parseDeploymentSpec(parseJson(given));
  }
  const { envFile } = options;
  // The files that give the project its name may be those of the file of variables.
  const named = options.project !== undefined || envFile === undefined;
  return specFromOptions(named ? options : envFileOf(options, envFile, environment).options);
}

function specFromOptions(options: FileOptions): DeploymentSpec {
  const { path, file } = options;
  const ofFiles = path === undefined ? undefined : defaultProjectName(resolve(path), file);
  const projectName = projectNameOf(options, ofFiles);
  return parseDeploymentSpec({ ...settingsFrom(options), projectName });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidConfig([{ field: SPEC_VARIABLE, message: "expected JSON" }]);
  }
}
