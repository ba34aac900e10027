/** Reasons not to take a deployment over. Pure. */
import { isAllInOne } from "../../compose/roles.ts";
import { hasApi } from "../../compose/service-roles.ts";
import { DeployError, invalidConfig } from "../../errors.ts";
import { didYouMean } from "../../lago/catalogue/suggest.ts";
import type { ComposeProjectOnEngine } from "../../observe/compose-projects.ts";
import { andMore, sentenceList } from "../../text/list.ts";
import { zbl } from "../../text/zbl.ts";
import type { FoundDeployment } from "./found.ts";

/** Most projects that an error lists. */
const MAX_PROJECTS = 20;

/** Facts that the engine does not have. */
export interface AdoptionFacts {
  /** Name of the stack that is to have the deployment. */
  readonly stack: string;
  /** Projects that the state of the stack has. */
  readonly deployed: readonly string[];
  /** Another stack of the program that has the project; undefined for none. */
  readonly owner: string | undefined;
  /** Services that an option gives a role. */
  readonly roles: Readonly<Record<string, string>>;
  /** Whether a file or folder is there. */
  readonly exists: (path: string) => boolean;
}

/**
 * Requires a deployment that can be taken over.
 *
 * @returns the deployment
 * @throws DeployError of kind `ProjectNotFound`, `InvalidConfig`, `PathNotFound` or
 *   `ComposeFileNotFound`, with the next step
 */
export function requireAdoptable(
  found: FoundDeployment,
  facts: AdoptionFacts,
): ComposeProjectOnEngine {
  const { name, project } = found;
  requireFree(found, facts);
  if (project === undefined) {
    throw new DeployError("ProjectNotFound", notFoundText(found));
  }
  const allInOne = project.services.find(({ image }) => isAllInOne(image));
  if (allInOne !== undefined) {
    const message = `the image ${allInOne.image} of service ${allInOne.name} has all of Lago in one container, which no setting, key or port reaches. Move to Lago's files with a service for each part`;
    throw invalidConfig([{ field: "project", message }]);
  }
  if (!hasApi(project.services) && !Object.values(facts.roles).includes("api")) {
    const names = project.services.map((one) => one.name);
    const again = zbl(
      ...["adopt", "--project", name, "--stack", facts.stack],
      ...["--role", `${names[0] ?? "backend"}=api`],
    );
    const message = `project ${name} is no deployment of Lago: none of its services is known as Lago's api. The services are ${sentenceList(names)}. If one of them is the api, name it: ${again}`;
    throw invalidConfig([{ field: "project", message }]);
  }
  requireFiles(project, facts);
  return project;
}

/** @throws DeployError of kind `InvalidConfig` for a project or a stack that is in use */
function requireFree({ name, project, volumes }: FoundDeployment, facts: AdoptionFacts): void {
  const { stack, deployed, owner } = facts;
  if (deployed.includes(name)) {
    throw taken(
      `project ${name} is the deployment of stack ${stack} already. To see what the next start changes: ${zbl("plan", stack)}`,
    );
  }
  if (owner !== undefined) {
    throw taken(
      `project ${name} is the deployment of stack ${owner} already. To see what its next start changes: ${zbl("plan", owner)}`,
    );
  }
  if (deployed.length > 0) {
    throw taken(
      `stack ${stack} has a deployment already, ${sentenceList(deployed)}. Choose another name for the stack of project ${name}: ${zbl("adopt", "--project", name, "--stack", `${stack}-2`)}`,
    );
  }
  const isOurs =
    project?.isPlain === false || volumes.some(({ holdsFingerprints }) => holdsFingerprints);
  if (isOurs) {
    throw taken(
      `project ${name} was deployed by this program already: by a stack of another folder or machine, or by one whose state is lost. If nothing manages it any more, give it to stack ${stack}: ${zbl("set", stack, "projectName", name)}, then ${zbl("keys", "recover", "--project", name, "--stack", stack)}`,
    );
  }
}

function taken(message: string): DeployError {
  return invalidConfig([{ field: "project", message }]);
}

/** @throws DeployError of kind `PathNotFound` or `ComposeFileNotFound` */
function requireFiles(
  { name, folder, files }: ComposeProjectOnEngine,
  { exists, stack }: AdoptionFacts,
): void {
  const again = zbl("adopt", "--project", name, "--stack", stack);
  if (folder === "" || files.length === 0) {
    throw new DeployError(
      "ComposeFileNotFound",
      `The containers of project ${name} do not tell which compose files they were made from. Run \`docker compose up --detach\` once more with the files of the project, then: ${again}`,
    );
  }
  if (!exists(folder)) {
    throw new DeployError(
      "PathNotFound",
      `Project ${name} was made in the folder ${folder}, which is not there. Put it back, or run this on the machine where docker compose was run: ${again}`,
    );
  }
  const missing = files.filter((file) => !exists(file));
  if (missing.length > 0) {
    throw new DeployError(
      "ComposeFileNotFound",
      `Project ${name} was made of ${sentenceList(missing)}, which ${missing.length === 1 ? "is" : "are"} not there. Put ${missing.length === 1 ? "the file" : "the files"} back, or run this on the machine where docker compose was run: ${again}`,
    );
  }
}

function notFoundText({ name, projects, volumes }: FoundDeployment): string {
  const lagos = projects.filter((one) => hasApi(one.services)).map((one) => one.name);
  const others =
    lagos.length === 0
      ? "No compose project there has an api of Lago."
      : `Projects with an api of Lago: ${andMore(lagos, MAX_PROJECTS)}.`;
  const kept =
    volumes.length === 0
      ? ""
      : ` It has ${volumes.length === 1 ? "a volume" : `${volumes.length} volumes`} of that project. To take the data over, first start the project with \`docker compose up --detach\`.`;
  return `The Docker engine has no containers of project ${name}${didYouMean(name, lagos) || "."}${kept} ${others} \`docker compose ls --all\` lists all projects.`;
}
