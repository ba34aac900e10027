/**
 * States of destroyed stacks. Destroying keeps Lago's volumes, but the keys that their data needs go
 * with the state: saved, they come back with the next start. Secrets in the files are as encrypted
 * as in the stacks themselves.
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SetupContext } from "../setup/context.ts";
import { SetupFailure } from "../setup/failure.ts";
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

/** Where the project says its name; its id stays the first one that it had. */
const ProjectOutputs = z.object({ spec: z.object({ projectName: z.string() }) });

/** What of a stack's state matters here. */
export interface SavedState {
  readonly file: string;
  /** Compose project of the deployment. */
  readonly projectName: string;
  /** Whether Pulumi refuses to destroy it. */
  readonly isProtected: boolean;
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
    const { resources } = State.parse(JSON.parse(await readFile(file, "utf8"))).deployment;
    const project = resources.find(({ type }) => type === "pulumi-nodejs:dynamic/lago:Project");
    if (project?.id !== undefined) {
      const outputs = ProjectOutputs.safeParse(project.outputs);
      const projectName = outputs.data?.spec.projectName ?? project.id;
      return { file, projectName, isProtected: project.protect === true };
    }
  }
  return undefined;
}

/** Whether a stack has no resources. */
export async function isEmpty(pulumi: PulumiSession, stack: string): Promise<boolean> {
  const exported = await mustRun(pulumi, ["stack", "export", "--stack", stack]);
  return State.parse(JSON.parse(exported)).deployment.resources.length === 0;
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
    throw new SetupFailure(`pulumi ${args.join(" ")} failed:\n${result.stderr.trim()}`);
  }
  return result.stdout;
}
