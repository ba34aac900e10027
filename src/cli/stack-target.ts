/** The stack that a command of the command line is about, and its deployment. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DeployError } from "../errors.ts";
import { shortStackName } from "../lago/config/project-name.ts";
import {
  type ChosenStack,
  chooseStack,
  chosenStackText,
  type MissingStack,
} from "../pulumi/cli/choose-stack.ts";
import { type DeployedProject, deployedProjects } from "../pulumi/cli/deployed-projects.ts";
import type { StackOptions } from "../pulumi/cli/run.ts";
import {
  configuredEngine,
  configuredProject,
  readStackConfig,
} from "../pulumi/cli/stack-config.ts";
import { listStacks, type StackEntry } from "../pulumi/cli/stacks.ts";
import { zbl } from "../text/zbl.ts";
import type { CommandContext } from "./command-context.ts";
import { programFolder } from "./program-folder.ts";

/** Options that name a stack. */
export interface StackChoice {
  /** Name of the stack, from `--stack` or an argument. */
  readonly stack?: string | undefined;
  /** Folder of the Pulumi program. */
  readonly cwd?: string | undefined;
}

/** The chosen stack, in the form that calls of Pulumi take. */
export interface StackTarget extends StackOptions {
  readonly stack: string;
  readonly reason: ChosenStack["reason"];
}

/**
 * Chooses the stack of a command, and names it on standard error where the command did not.
 *
 * @throws DeployError of kind `StackNotFound`, or of the kinds that {@link listStacks} throws
 */
export async function chosenStack(
  context: CommandContext,
  options: StackChoice,
  missing: MissingStack = {},
): Promise<StackTarget> {
  return chosenOf(context, options, await stacksOf(context, options), missing);
}

/** Lists the stacks of the program that the options name. */
export async function stacksOf(
  context: CommandContext,
  options: StackChoice,
): Promise<StackEntry[]> {
  try {
    return await listStacks(callOf(context, options));
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "CommandExecution") {
      const message = `No stack is known: ${error.message} Name the deployment instead, by --project.`;
      throw new DeployError("CommandExecution", message, { cause: error });
    }
    throw error;
  }
}

/** Like {@link chosenStack}, for a command that has listed the stacks already. */
export function chosenOf(
  context: CommandContext,
  options: StackChoice,
  stacks: readonly StackEntry[],
  missing: MissingStack = {},
): StackTarget {
  const { folder } = callOf(context, options);
  const hasConfig = (name: string) =>
    existsSync(join(folder, `Pulumi.${shortStackName(name)}.yaml`));
  const chosen = chooseStack(options.stack, stacks, { hasConfig, ...missing });
  if (chosen.reason !== "named") {
    context.output.note(chosenStackText(chosen));
  }
  return { ...callOf(context, options), stack: chosen.name, reason: chosen.reason };
}

/**
 * Finds the deployment of a stack: the one of its state, or else the one that a first deploy of its
 * config would make.
 *
 * @throws DeployError of kind `InvalidConfig` for a program with several deployments
 */
export async function deploymentOfStack(stack: StackTarget): Promise<DeployedProject> {
  const projects = await deployedProjects(stack);
  const [only, ...more] = projects;
  if (more.length > 0) {
    const names = projects.map(({ projectName }) => projectName);
    throw new DeployError(
      "InvalidConfig",
      `Stack ${stack.stack} has ${projects.length} deployments: ${names.join(", ")}. Name one instead of the stack, as in: ${zbl("status", "--project", names[0] ?? "")}`,
    );
  }
  return only ?? (await declaredProject(stack));
}

async function declaredProject(stack: StackTarget): Promise<DeployedProject> {
  const { entries } = await readStackConfig(stack);
  return { projectName: configuredProject(entries, stack), engine: configuredEngine(entries) };
}

function callOf({ environment, signal }: CommandContext, { cwd }: StackChoice) {
  return { folder: programFolder(cwd, environment), environment, signal };
}
