/**
 * Saved states of destroyed stacks. Destroying keeps Lago's volumes, but the keys of their data are
 * removed with the state: a saved state restores them at the next start. Secrets in the files are
 * encrypted as in the stacks themselves.
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DEFAULT_ENGINE, type DockerEndpoint, engineOf } from "../docker/endpoint-settings.ts";
import { DeployError } from "../errors.ts";
import type { StackContext, StackPulumi } from "./context.ts";

const STATE_DEADLINE_MS = 120_000;

const State = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          type: z.string(),
          id: z.string().optional(),
          protect: z.boolean().optional(),
          outputs: z.unknown().optional(),
        }),
      )
      .default([]),
  }),
});

type Resources = z.infer<typeof State>["deployment"]["resources"];

/** Outputs with the project's name and engine. The id stays the project's first name. */
const ProjectOutputs = z.object({
  spec: z.object({
    projectName: z.string(),
    dockerHost: z.string().optional(),
    dockerContext: z.string().optional(),
    dockerCertPath: z.string().optional(),
  }),
});

/** A deployment in a state. */
export interface DeployedProject {
  /** Compose project of the deployment. */
  readonly projectName: string;
  /** Docker engine that the stack names. */
  readonly engine: DockerEndpoint;
  /** Whether Pulumi refuses to destroy the stack. */
  readonly isProtected: boolean;
}

/** A deployment in a saved state. */
export interface SavedState extends DeployedProject {
  readonly file: string;
}

/**
 * Saves a stack's state for {@link findState}.
 *
 * @throws DeployError of kind `CommandFailed` when it cannot be saved; then do not destroy anything
 */
export async function saveState(
  context: StackContext,
  pulumi: StackPulumi,
  stack: string,
): Promise<void> {
  const folder = folderOf(context);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const file = join(folder, `${prefixOf(stack)}${time}.json`);
  await mustRun(pulumi, ["stack", "export", "--stack", stack, "--file", file]);
}

/**
 * Finds the last saved state of a stack with a deployment; undefined without one. A state that was
 * saved between a failed destroy and the next attempt holds no deployment.
 */
export async function findState(
  context: StackContext,
  stack: string,
): Promise<SavedState | undefined> {
  for (const file of (await filesOf(context, stack)).reverse()) {
    const project = projectIn(resourcesOf(await readFile(file, "utf8")));
    if (project !== undefined) {
      return { file, ...project };
    }
  }
  return undefined;
}

/** State of a stack. */
export interface CurrentState {
  /** Whether the stack has no resources. */
  readonly isEmpty: boolean;
  /** The deployment, also if incomplete; undefined without one. */
  readonly project: DeployedProject | undefined;
  /** Outputs of the stack, secrets encrypted; undefined before the first update. */
  readonly outputs: unknown;
}

/**
 * Exports a stack's state.
 *
 * @throws DeployError of kind `CommandFailed` when Pulumi cannot export it
 */
export async function currentState(pulumi: StackPulumi, stack: string): Promise<CurrentState> {
  const resources = resourcesOf(await mustRun(pulumi, ["stack", "export", "--stack", stack]));
  return {
    isEmpty: resources.length === 0,
    project: projectIn(resources),
    outputs: resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs,
  };
}

function resourcesOf(text: string): Resources {
  return State.parse(JSON.parse(text)).deployment.resources;
}

function projectIn(resources: Resources): DeployedProject | undefined {
  const project = resources.find(({ type }) => type === "pulumi-nodejs:dynamic/lago:Project");
  if (project?.id === undefined) {
    return undefined;
  }
  const spec = ProjectOutputs.safeParse(project.outputs).data?.spec;
  return {
    projectName: spec?.projectName ?? project.id,
    engine: spec === undefined ? DEFAULT_ENGINE : engineOf(spec),
    isProtected: project.protect === true,
  };
}

/** Imports a saved state into the stack. */
export async function restoreState(
  pulumi: StackPulumi,
  stack: string,
  saved: SavedState,
): Promise<void> {
  await mustRun(pulumi, ["stack", "import", "--stack", stack, "--file", saved.file]);
}

/** Removes the saved states of a stack, once the stack itself holds the keys of its data. */
export async function forgetStates(context: StackContext, stack: string): Promise<void> {
  for (const file of await filesOf(context, stack)) {
    await rm(file, { force: true });
  }
}

function folderOf(context: StackContext): string {
  return join(context.tools, "destroyed");
}

/**
 * Prefix of a stack's files. A stack's name may hold slashes; the colon, which it may not,
 * separates "dev" from "dev-2".
 */
function prefixOf(stack: string): string {
  return `${stack.replaceAll("/", "_")}:`;
}

async function filesOf(context: StackContext, stack: string): Promise<string[]> {
  const names = await readdir(folderOf(context)).catch(() => []);
  const own = names.filter((name) => name.startsWith(prefixOf(stack)) && name.endsWith(".json"));
  return own.sort().map((name) => join(folderOf(context), name));
}

async function mustRun(pulumi: StackPulumi, args: readonly string[]): Promise<string> {
  const result = await pulumi.captured(args, STATE_DEADLINE_MS);
  if (result.exitCode !== 0) {
    throw new DeployError(
      "CommandFailed",
      `pulumi ${args.join(" ")} failed:\n${result.stderr.trim()}\n    Which stacks there are: npm run pulumi -- stack ls`,
    );
  }
  return result.stdout;
}
