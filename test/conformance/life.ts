/** Takes a table of commands through preview, up, refresh and destroy with one provider. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createPulumiWorkspace, type PulumiWorkspace } from "../../testing/pulumi.ts";
import { type Observations, readEvents } from "./events.ts";

/** A command of the program. */
export interface ProgramCommand {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** One run of the CLI. */
export interface Phase {
  readonly name: string;
  readonly args: readonly string[];
  /** The program's commands from here on; as before when left out. */
  readonly commands?: readonly ProgramCommand[];
}

/** What a phase did. */
export interface PhaseResult {
  readonly exitCode: number;
  readonly commands: Observations;
  readonly output: string;
}

/** Makes a workspace in which commands can write down that they ran: `>> ran/<name>`. */
export async function commandWorkspace(pulumiHome: string): Promise<PulumiWorkspace> {
  const workspace = await createPulumiWorkspace({
    program: join(import.meta.dirname, "program"),
    pulumiHome,
    // The event log is one of the CLI's options for debugging.
    env: { PULUMI_DEBUG_COMMANDS: "true", ZBL_TEST_INHERITED: "from the caller" },
  });
  await mkdir(join(workspace.programFolder, "ran"));
  await setCommands(workspace, []);
  return workspace;
}

/** Sets what the program creates. */
export async function setCommands(
  workspace: PulumiWorkspace,
  commands: readonly ProgramCommand[],
): Promise<void> {
  await writeFile(join(workspace.programFolder, "resources.json"), JSON.stringify(commands));
}

/** Runs one phase. */
export async function runPhase(workspace: PulumiWorkspace, phase: Phase): Promise<PhaseResult> {
  if (phase.commands !== undefined) {
    await setCommands(workspace, phase.commands);
  }
  const log = join(workspace.folder, "events.json");
  await rm(log, { force: true });
  const result = await workspace.pulumi([...phase.args, "--event-log", log]);
  const commands = await readEvents(log);
  for (const [name, lines] of await takeRan(workspace)) {
    commands[name] ??= { ops: [] };
    commands[name].ran = lines;
  }
  const { exitCode, stdout, stderr } = result;
  return { exitCode, commands, output: `${stdout}\n${stderr}` };
}

/** What the commands wrote down since the last phase. */
async function takeRan(workspace: PulumiWorkspace): Promise<[string, string[]][]> {
  const folder = join(workspace.programFolder, "ran");
  const taken: [string, string[]][] = [];
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), "utf8");
    await rm(join(folder, name));
    taken.push([name, text.trimEnd().split("\n")]);
  }
  return taken;
}
