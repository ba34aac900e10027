/**
 * States of destroyed stacks. Destroying keeps Lago's volumes, but the keys that their data needs go
 * with the state: saved, they come back with the next start. Secrets in the files are as encrypted
 * as in the stacks themselves.
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { DEFAULT_ENGINE, type Engine, engineOf } from "../../src/docker/endpoint-settings.ts";
import type { PulumiSession } from "./session.ts";

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

/** Where the project says its name and its engine; its id stays the first name that it had. */
const ProjectOutputs = z.object({
  spec: z.object({
    projectName: z.string(),
    dockerHost: z.string().optional(),
    dockerContext: z.string().optional(),
    dockerCertPath: z.string().optional(),
  }),
});

/** A deployment that a state holds. */
export interface DeployedProject {
  /** Compose project of the deployment. */
  readonly projectName: string;
  /** The Docker engine, where the stack names one. */
  readonly engine: Engine;
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
 * @throws SetupFailure when it cannot be saved; then nothing should be destroyed
 */
export async function saveState(
  context: SetupContext,
  pulumi: PulumiSession,
  stack: string,
): Promise<void> {
  const folder = folderOf(context);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const file = join(folder, `${prefixOf(stack)}${time}.json`);
  await mustRun(pulumi, ["stack", "export", "--stack", stack, "--file", file]);
}

/**
 * The last saved state of a stack that held a deployment; undefined when there is none. One that was
 * saved half-way, between a destroy that failed and the next, holds none any more.
 */
export async function findState(
  context: SetupContext,
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

/** A stack's own state. */
export interface CurrentState {
  /** Whether there are no resources. */
  readonly isEmpty: boolean;
  /** The deployment, also where it was only begun; undefined where there is none. */
  readonly project: DeployedProject | undefined;
}

/**
 * Reads a stack's state.
 *
 * @throws SetupFailure when Pulumi does not export it
 */
export async function currentState(pulumi: PulumiSession, stack: string): Promise<CurrentState> {
  const resources = resourcesOf(await mustRun(pulumi, ["stack", "export", "--stack", stack]));
  return { isEmpty: resources.length === 0, project: projectIn(resources) };
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

/** Makes a saved state the stack's own again. */
export async function restoreState(
  pulumi: PulumiSession,
  stack: string,
  saved: SavedState,
): Promise<void> {
  await mustRun(pulumi, ["stack", "import", "--stack", stack, "--file", saved.file]);
}

/** Removes what was saved of a stack, once the stack itself has what its data needs. */
export async function forgetStates(context: SetupContext, stack: string): Promise<void> {
  for (const file of await filesOf(context, stack)) {
    await rm(file, { force: true });
  }
}

function folderOf(context: SetupContext): string {
  return join(context.tools, "destroyed");
}

/** A stack's name may hold slashes; the colon, which it may not, keeps "dev" and "dev-2" apart. */
function prefixOf(stack: string): string {
  return `${stack.replaceAll("/", "_")}:`;
}

async function filesOf(context: SetupContext, stack: string): Promise<string[]> {
  const names = await readdir(folderOf(context)).catch(() => []);
  const own = names.filter((name) => name.startsWith(prefixOf(stack)) && name.endsWith(".json"));
  return own.sort().map((name) => join(folderOf(context), name));
}

async function mustRun(pulumi: PulumiSession, args: readonly string[]): Promise<string> {
  const result = await pulumi.captured(args, STATE_DEADLINE_MS);
  if (result.exitCode !== 0) {
    throw new SetupFailure(
      `pulumi ${args.join(" ")} failed:\n${result.stderr.trim()}\n    Which stacks there are: npm run pulumi -- stack ls`,
    );
  }
  return result.stdout;
}
