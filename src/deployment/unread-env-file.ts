import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding } from "../checks/index.ts";
import { composeVariables } from "../compose/compose-variables.ts";
import { parseProjectEnvFile } from "../compose/env-file/compose-environment.ts";
import { DeployError } from "../errors.ts";
import type { LagoDeployment } from "./lago-deployment.ts";

/** Id of findings about the `.env` file beside the compose files. */
export const UNREAD_ID = "env-file-not-read";

/**
 * Finds what plain compose would take from the `.env` file beside the compose files, and a
 * deployment does not: it has only the settings that it is given.
 */
export async function unreadEnvFile(deployment: LagoDeployment): Promise<Finding[]> {
  const { lagoPath, project } = deployment;
  const file = join(lagoPath, ".env");
  const variables = variablesOf(file);
  if (variables === undefined) {
    return [];
  }
  const { files, profiles, projectName } = composeVariables(variables);
  const wanted = files?.map((name) => resolve(lagoPath, name));
  const { composeFiles, options } = deployment;
  const found = (field: string, reason: string, remedy: string): Finding => ({
    id: UNREAD_ID,
    severity: "warning",
    field,
    reason,
    remedy,
    unsafeName: `${UNREAD_ID}:${field}`,
  });
  const notTaken = (name: string, instead: string, remedy: string) =>
    found(name, `in ${file} is not taken: ${instead}`, remedy);
  const names = await unreadNames(deployment, variables);
  return [
    ...(isSame(wanted, composeFiles)
      ? []
      : [
          notTaken(
            "COMPOSE_FILE",
            `the compose files are ${composeFiles.join(" and ")}`,
            "name the others in composeFiles, or with --file on the command line",
          ),
        ]),
    ...(isSame(profiles, options.profiles ?? [])
      ? []
      : [
          notTaken(
            "COMPOSE_PROFILES",
            `the profiles are ${options.profiles?.join(" and ") || "none"}`,
            "name the others in profiles, or with --profile on the command line",
          ),
        ]),
    ...(projectName === undefined || projectName === project.name
      ? []
      : [
          notTaken(
            "COMPOSE_PROJECT_NAME",
            `the project is ${project.name}`,
            `set projectName for another one, or --project ${projectName} on the command line`,
          ),
        ]),
    ...(names.length === 0
      ? []
      : [
          found(
            ".env",
            `at ${file} sets ${listText(names)} for plain compose, and is not read here`,
            "give the same values as settings, or the file with --env-file on the command line",
          ),
        ]),
  ];
}

/** Names that the compose files refer to, where the deployment has no value or another one. */
async function unreadNames(
  deployment: LagoDeployment,
  variables: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { environment } = deployment;
  const { variables: named } = await deployment.model();
  return named.filter(
    (name) =>
      Object.hasOwn(variables, name) &&
      variables[name] !== "" &&
      variables[name] !== environment[name],
  );
}

/** Returns undefined without a file, and for one that plain compose could not read either. */
function variablesOf(file: string): Readonly<Record<string, string>> | undefined {
  try {
    return parseProjectEnvFile(readFileSync(file), file, {}).variables;
  } catch (error) {
    if (DeployError.isDeployError(error) || (error as NodeJS.ErrnoException).code !== undefined) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a list from the file is the one that counts, or there is none. */
function isSame(wanted: readonly string[] | undefined, own: readonly string[]): boolean {
  return wanted === undefined || wanted.join("\0") === own.join("\0");
}

function listText(names: readonly string[]): string {
  const [first = "", ...others] = names;
  const rest = others.length === 1 ? "1 other variable" : `${others.length} other variables`;
  return others.length === 0 ? first : `${first} and ${rest}`;
}
