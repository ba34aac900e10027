/** Opens the first organization of a deployment, once. */
import { serviceWithRole } from "../compose/service-roles.ts";
import { callDocker } from "../docker/docker.ts";
import { DeployError } from "../errors.ts";
import { withOrganization } from "../keys/key-fingerprints.ts";
import { opensOrganization } from "../lago/first-organization.ts";
import { cleanText, tailBytes } from "../text/clean.ts";
import { KeyFingerprintStore } from "./key-fingerprint-store.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import { migrationOf } from "./migration.ts";
import { READ_TIMEOUT_MS } from "./project-docker.ts";

/**
 * Whether somebody can log in to an organization. One that a run was cut short in has no member or
 * no key yet, and is completed by the next run.
 */
const QUESTION =
  "SELECT EXISTS (SELECT 1 FROM organizations o" +
  " JOIN memberships m ON m.organization_id = o.id" +
  " JOIN api_keys k ON k.organization_id = o.id)";

/** Asks the database of a container for `$1`; user and name are in the container's environment. */
const PSQL =
  "exec psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1" +
  ' --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "$1"';

/** Lines of the migration's output that an error shows. */
const ERROR_LINES = 20;
/** Most bytes of these lines. */
const MAX_ERROR_BYTES = 4 * 1024;

/**
 * Opens the organization that the variables describe, unless the data has one, whatever its name.
 * The database tells. A database of one's own cannot be asked: a note beside the key fingerprints
 * tells whether this project has opened an organization there.
 *
 * Does nothing where no variable asks for an organization, or where the files have no migration.
 *
 * @param timeoutMs deadline of the migration that opens the organization, in milliseconds
 * @throws DeployError of kind `MigrationFailed` when Lago refuses, or of the kind that docker's own
 *   failure tells
 */
export async function openOrganization(
  deployment: LagoDeployment,
  timeoutMs: number,
): Promise<void> {
  const { environment, project, options } = deployment;
  const model = await deployment.model();
  const service = migrationOf(model)?.name;
  // Files of plain compose that pass the variables on have their own migration open it.
  const isTheirs = options.adopted === true && model.variables.includes("LAGO_CREATE_ORG");
  if (!opensOrganization(environment) || service === undefined || isTheirs) {
    return;
  }
  const { LAGO_ORG_NAME: name = "", LAGO_ORG_USER_EMAIL: email = "" } = environment;
  const note = (message: string) =>
    options.onProgress?.({ message: `project ${project.name}: ${message}` });
  const store = new KeyFingerprintStore(project.name, project.engine, options.signal);
  const { fingerprints } = await store.read();
  const isNoted = fingerprints?.organization === true;
  if (!((await hasOrganization(deployment)) ?? isNoted)) {
    note(`opening the organization ${name}, with ${email} as its first user`);
    await migrateOnce(deployment, service, timeoutMs);
  } else if (!isNoted) {
    note(`has an organization already, so ${name} is not opened`);
  }
  if (!isNoted && fingerprints !== undefined) {
    await store.write(withOrganization(fingerprints));
  }
}

/** Asks the deployment's own database. Undefined where the database is another one. */
async function hasOrganization(deployment: LagoDeployment): Promise<boolean | undefined> {
  const { environment, project } = deployment;
  // The model has no database of the project's own where settings name another.
  const database = serviceWithRole(await deployment.model(), "db")?.name;
  const containers = await project.containers();
  const container = containers.find(
    ({ service, state }) => service === database && state === "running",
  );
  if (container === undefined) {
    return undefined;
  }
  const { stdout } = await callDocker({
    ...project.callFor("Looking for an organization in the database"),
    args: [
      "exec",
      ...["--env", `PGOPTIONS=${sessionOptions(environment.POSTGRES_SCHEMA)}`],
      ...[container.id, "sh", "-c", PSQL, "psql", QUESTION],
    ],
    timeoutMs: READ_TIMEOUT_MS,
  });
  const answer = stdout.trim();
  if (answer !== "t" && answer !== "f") {
    throw new DeployError(
      "ParseError",
      `The database of project ${project.name} was asked for an organization, and its answer is neither t nor f.`,
    );
  }
  return answer === "t";
}

/** Options of a session that only reads, in the schema of Lago's tables. */
function sessionOptions(schema: string | undefined): string {
  const reading = "-c default_transaction_read_only=on";
  const escaped = schema?.replaceAll(/[\\\s]/g, "\\$&");
  return escaped ? `${reading} -c search_path=${escaped}` : reading;
}

/** Runs the migration with the variables of the organization. It migrates nothing a second time. */
async function migrateOnce(
  deployment: LagoDeployment,
  service: string,
  timeoutMs: number,
): Promise<void> {
  const { name } = deployment.project;
  const purpose = `Opening the organization of project ${name}`;
  const lines: string[] = [];
  try {
    await deployment.runOnce(purpose, service, { timeoutMs }, (line) => {
      lines.push(line);
      lines.splice(0, lines.length - ERROR_LINES);
    });
  } catch (cause) {
    const isOpen = DeployError.isDeployError(cause) && cause.kind === "CommandFailed";
    if (!isOpen) {
      throw cause;
    }
    const said = deployment.redact(cleanText(lines.join("\n")));
    throw new DeployError(
      "MigrationFailed",
      [
        `Project ${name} runs, and its organization was not opened: service ${service} failed.`,
        "Its last lines:",
        tailBytes(said, MAX_ERROR_BYTES),
        "Correct the cause and run the same command again: it starts nothing anew and tries this once more.",
      ].join("\n"),
      { service, cause, ...(cause.exitCode === undefined ? {} : { exitCode: cause.exitCode }) },
    );
  }
}
