/** Common parts of subjects that are Pulumi programs. */
import { existsSync, readFileSync } from "node:fs";
import { cp, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { stackConfigText } from "../../testing/checkout.ts";
import { ROOT } from "../../testing/folders.ts";
import { createPulumiWorkspace, findPulumi, type PulumiWorkspace } from "../../testing/pulumi.ts";
import type { Settings, World } from "../../testing/world/world.ts";
import { parseState } from "../invariants/i8-state.ts";
import { filesBelow } from "../watch/secret-watch.ts";
import type { CommandLine, Deployment, Operation } from "./subject.ts";

/** A Pulumi program as a subject. */
export interface PulumiSubject {
  /** Folder of the program, separate for each trial. */
  readonly program: string;
  /** Name of the Pulumi project, the prefix of its config values. */
  readonly projectName: string;
  /** Arguments of the CLI that show the state of services; undefined if no command does. */
  readonly status?: readonly string[];
  /** Locks that the program holds beside Pulumi's, in words. Defaults to none. */
  readonly locks?: () => readonly string[];
  /** Config values for the settings, except for the variables. */
  readonly config: (settings: Settings) => Readonly<Record<string, unknown>>;
  /** Variables, which are secrets below `environment` in the config. */
  readonly variables: (settings: Settings) => Readonly<Record<string, string>>;
}

const COMMANDS: Readonly<Record<Exclude<Operation, "status">, readonly string[]>> = {
  up: ["up", "--yes", "--skip-preview"],
  down: ["destroy", "--yes", "--skip-preview"],
  preview: ["preview", "--diff"],
  refresh: ["refresh", "--yes", "--skip-preview"],
};

/** Copies a program for a trial, with this project's packages. */
export async function copyProgram(world: World, folder: string): Promise<string> {
  const program = join(world.folder, basename(folder));
  await cp(folder, program, { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(program, "node_modules"));
  return program;
}

/** Creates a stack of the program with its own state. */
export async function openPulumi(world: World, subject: PulumiSubject): Promise<Deployment> {
  const workspace = await createPulumiWorkspace({
    program: subject.program,
    inPlace: true,
    stack: world.project,
    pulumiHome: process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"),
  });
  const { stack } = workspace;
  const configure = configurator(workspace, subject);
  const backend = join(workspace.folder, "backend");
  const commandLine = (args: readonly string[]): CommandLine => ({
    program: findPulumi(),
    args: [...args, "--stack", stack, "--non-interactive", "--color", "never"],
    cwd: subject.program,
    environment: { ...pulumiVariables(workspace.env) },
  });
  return {
    command: async (operation, settings) => {
      await configure(settings);
      const args = operation === "status" ? subject.status : COMMANDS[operation];
      return args === undefined ? undefined : commandLine(args);
    },
    recovery: async () => [
      commandLine(["cancel", "--yes"]),
      commandLine(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]),
    ],
    errorOf: ({ output }) => sectionOf(output, "Diagnostics:") ?? output,
    changesOf: ({ output }) => changesIn(output),
    state: async () => parseState(JSON.stringify(await workspace.exportStack())),
    loseState: async () => {
      await must(workspace, ["stack", "rm", "--force", "--yes", "--preserve-config", stack]);
      await must(workspace, ["stack", "init", stack]);
    },
    stateFolders: [backend],
    locks: () => [
      ...filesBelow(join(backend, ".pulumi", "locks")).map((file) => `Pulumi's lock ${file}`),
      ...(subject.locks?.() ?? []),
    ],
    dispose: () => workspace.dispose(),
  };
}

/**
 * Sets the stack's config as a person would, variables as secrets. Pulumi keeps plain values in
 * plain text: the whole config is part of the inputs of the provider of dynamic resources.
 */
function configurator(workspace: PulumiWorkspace, subject: PulumiSubject) {
  const file = join(subject.program, `Pulumi.${workspace.stack}.yaml`);
  // The salt that `stack init` has written.
  const head = existsSync(file) ? readFileSync(file, "utf8") : "";
  let current = "";
  return async (settings: Settings): Promise<void> => {
    const wanted = JSON.stringify(settings);
    if (wanted === current) {
      return;
    }
    await writeFile(
      file,
      `${head}${stackConfigText(subject.projectName, subject.config(settings))}`,
    );
    const values = Object.entries(subject.variables(settings)).flatMap(([name, value]) => [
      "--secret",
      `${subject.projectName}:environment.${name}=${value}`,
    ]);
    const args = ["config", "set-all", "--stack", workspace.stack, "--path", ...values];
    await must(workspace, args);
    current = wanted;
  };
}

/** Runs a command that prepares a trial. */
async function must(workspace: PulumiWorkspace, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await workspace.pulumi(args);
  if (exitCode !== 0) {
    throw new Error(`pulumi ${args[0]} ${args[1]} ended with ${exitCode}: ${stderr}`);
  }
}

/** Variables for the CLI itself; the world defines where programs and the engine are found. */
function pulumiVariables(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("PULUMI_")));
}

/** Returns a section of the output of `pulumi up`, up to the next heading. */
function sectionOf(output: string, heading: string): string | undefined {
  const lines = output.split("\n");
  const start = lines.findIndex((line) => line.trimEnd() === heading);
  if (start === -1) {
    return undefined;
  }
  const length = lines.slice(start + 1).findIndex((line) => /^[A-Z]\w+:(\s|$)/.test(line));
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join("\n");
}

/** Lists the changes that `pulumi up` counts, such as `~ 1 updated`. */
export function changesIn(output: string): string[] | undefined {
  const section = sectionOf(output, "Resources:");
  return section
    ?.split("\n")
    .map((line) => line.trim())
    .filter((line) => /^(\+|-|~|\+-|-\+)\s*\d+ /.test(line));
}
