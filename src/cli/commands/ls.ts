/** `ls`: the stacks of the program and the deployments of the engine, in one list. */
import {
  type DockerEndpoint,
  type EngineSettings,
  engineName,
} from "../../docker/endpoint-settings.ts";
import { listContainers, listVolumes } from "../../docker/engine-api.ts";
import { DeployError } from "../../errors.ts";
import { projectNameOfStack } from "../../lago/config/project-name.ts";
import { type EngineDeployment, engineDeployments } from "../../observe/engine-deployments.ts";
import { foundVolumeOf } from "../../observe/found-volumes.ts";
import { type DeployedProject, deployedProjects } from "../../pulumi/cli/deployed-projects.ts";
import type { StackEntry } from "../../pulumi/cli/stacks.ts";
import type { CommandContext } from "../command-context.ts";
import { chosenEngine } from "../engine-options.ts";
import { type ListedDeployment, listText } from "../output/list-text.ts";
import { programFolder } from "../program-folder.ts";
import { type StackChoice, stacksOf } from "../stack-target.ts";

/** Deadline of a look at an engine, in milliseconds. Other engines are listed all the same. */
const TIMEOUT_MS = 15_000;

interface ListOptions extends EngineSettings, StackChoice {
  readonly json?: boolean;
}

/** A stack and the deployments in its state. */
interface StackDeployments {
  readonly stack: StackEntry;
  readonly projects: readonly DeployedProject[];
}

/**
 * Lists all stacks of the program, and all deployments of Lago on the engine and on the engines of the
 * stacks. A backend or an engine that does not answer is told, and the others are listed.
 */
export async function listCommand(context: CommandContext, options: ListOptions): Promise<void> {
  const stacks = await stacksWithDeployments(context, options);
  const own = chosenEngine(options);
  const engines = new Map([[engineName(own), own]]);
  for (const { engine } of stacks.flatMap(({ projects }) => projects)) {
    engines.set(engineName(engine), engine);
  }
  const found = new Map<string, readonly EngineDeployment[] | undefined>();
  for (const [name, engine] of engines) {
    found.set(name, await deploymentsOn(context, engine));
  }
  const rows = rowsOf(stacks, found);
  context.output.result(
    options.json === true
      ? JSON.stringify({ deployments: rows })
      : listText(rows, context.screens.stdout),
  );
}

async function stacksWithDeployments(
  context: CommandContext,
  options: StackChoice,
): Promise<StackDeployments[]> {
  const { environment, signal, output } = context;
  try {
    const folder = programFolder(options.cwd, environment);
    const stacks = await stacksOf(context, options);
    return await Promise.all(
      stacks.map(async (stack) => ({
        stack,
        projects:
          stack.resourceCount === 0
            ? []
            : await deployedProjects({ stack: stack.name, folder, environment, signal }),
      })),
    );
  } catch (error) {
    if (!DeployError.isDeployError(error) || error.kind === "Canceled") {
      throw error;
    }
    output.note(`Stacks are not listed: ${error.message}`);
    return [];
  }
}

async function deploymentsOn(
  { output, signal }: CommandContext,
  engine: DockerEndpoint,
): Promise<readonly EngineDeployment[] | undefined> {
  try {
    const call = { engine, purpose: "Listing the deployments", timeoutMs: TIMEOUT_MS, signal };
    const [containers, volumes] = await Promise.all([listContainers(call), listVolumes(call)]);
    return engineDeployments(containers, volumes.map(foundVolumeOf));
  } catch (error) {
    if (!DeployError.isDeployError(error) || error.kind === "Canceled") {
      throw error;
    }
    output.note(`Engine ${engineName(engine)} is not listed: ${error.message}`);
    return undefined;
  }
}

/** Joins stacks and deployments by engine and project. Deployments of no stack come last. */
export function rowsOf(
  stacks: readonly StackDeployments[],
  found: ReadonlyMap<string, readonly EngineDeployment[] | undefined>,
): ListedDeployment[] {
  const known = new Set<string>();
  /** The data that a destroyed stack has left under the name that its projects have by default. */
  const dataOf = (
    base: Pick<ListedDeployment, "stack" | "selected" | "updated"> & { readonly stack: string },
    engines: typeof found,
  ): ListedDeployment | undefined => {
    const project = projectNameOfStack(base.stack);
    for (const [engine, deployments = []] of engines) {
      const left = deployments.find((one) => one.project === project && one.services === 0);
      if (left !== undefined) {
        known.add(`${engine} ${project}`);
        return { ...base, engine, ...left, state: "found" };
      }
    }
    return undefined;
  };
  const ofStacks = stacks.flatMap(({ stack, projects }): ListedDeployment[] => {
    const base = { stack: stack.name, selected: stack.current, updated: stack.lastUpdate };
    if (projects.length === 0) {
      return [dataOf(base, found) ?? { ...base, state: "not deployed" }];
    }
    return projects.map(({ projectName: project, engine }) => {
      const name = engineName(engine);
      known.add(`${name} ${project}`);
      const here = found.get(name);
      const seen = here?.find((one) => one.project === project);
      const state = here === undefined ? "unknown" : seen === undefined ? "gone" : "found";
      return { ...base, engine: name, ...(seen ?? {}), project, state };
    });
  });
  const others = [...found].flatMap(([engine, deployments = []]) =>
    deployments
      .filter(({ project }) => !known.has(`${engine} ${project}`))
      .map((one): ListedDeployment => ({ engine, ...one, state: "found" })),
  );
  return [...ofStacks, ...others];
}
