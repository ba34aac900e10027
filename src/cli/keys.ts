/** `keys export`, `import` and `recover`: moves keys between stacks and machines, never by an argument. */
import { text as readAll } from "node:stream/consumers";
import type { Command } from "commander";
import type { Engine, EngineSettings } from "../engine/settings.ts";
import { DeployError } from "../errors.ts";
import { hasData } from "../keys/guard.ts";
import {
  keysText,
  parseKeysText,
  readKeyFile,
  type SavedKeys,
  writeKeyFile,
} from "../keys/key-file.ts";
import { differences } from "../keys/marker.ts";
import { MarkerStore } from "../keys/marker-store.ts";
import { keysChanged } from "../keys/message.ts";
import { readStackKeys, writeStackKeys } from "../keys/pulumi-stack.ts";
import { chosenEngine, withEngineOptions } from "./engine-options.ts";
import { recoverCommand } from "./keys-recover.ts";
import type { Session } from "./session.ts";

interface StackOption {
  readonly stack: string;
  readonly cwd: string;
}

/** Adds the commands to the program. */
export function addKeysCommands(program: Command, session: Session): void {
  const keys = program
    .command("keys")
    .description("save the keys that data depends on, and give them back");
  const withStack = (target: Command) =>
    target
      .requiredOption("-s, --stack <name>", "Pulumi stack")
      .option("--cwd <folder>", "folder of the Pulumi program", ".");
  withStack(keys.command("export"))
    .description("write a stack's keys as JSON to a new file, or to a pipe")
    .option("-p, --project <name>", "compose project, for a program with several deployments")
    .option("-o, --output <file>", "file to make, which only you may read")
    .option("--to-terminal", "show the keys on the screen")
    .action((options) => exportCommand(session, options));
  withEngineOptions(withStack(keys.command("import")))
    .description("make saved keys, from standard input or a file, secret config of a stack")
    .option("-i, --input <file>", "file that `keys export` made")
    .option("-p, --project <name>", "compose project of the data (default: the one they are from)")
    .action((options) => importCommand(session, options));
  withEngineOptions(keys.command("recover"))
    .description("take keys that were lost with a stack's state from the deployment's containers")
    .requiredOption("-p, --project <name>", "compose project")
    .option("-s, --stack <name>", "Pulumi stack whose secret config they are to be")
    .option("--cwd <folder>", "folder of the Pulumi program", ".")
    .option("--to-stdout", "print them as JSON instead, as keys export does")
    .action((options) => recoverCommand(session, options));
}

async function exportCommand(
  session: Session,
  options: StackOption & {
    readonly project?: string;
    readonly output?: string;
    readonly toTerminal?: boolean;
  },
): Promise<void> {
  if (options.output === undefined && process.stdout.isTTY && options.toTerminal !== true) {
    throw new DeployError(
      "InvalidConfig",
      "The keys are not shown on a terminal. Name a file with --output, send them to another program, or insist with --to-terminal.",
    );
  }
  const saved = await readStackKeys(stackOf(session, options), options.project);
  if (options.output === undefined) {
    session.output.result(keysText(saved));
    return;
  }
  await writeKeyFile(options.output, keysText(saved));
  session.output.result(
    `The keys of project ${saved.projectName} are in ${options.output}. Whoever has it can read the data: keep it where you keep passwords.`,
  );
}

async function importCommand(
  session: Session,
  options: StackOption & EngineSettings & { readonly project?: string; readonly input?: string },
): Promise<void> {
  if (options.input === undefined && process.stdin.isTTY) {
    throw new DeployError(
      "InvalidConfig",
      "No keys to import. Name the file with --input, or send it to standard input.",
    );
  }
  const given = await (options.input === undefined
    ? readAll(process.stdin)
    : readKeyFile(options.input));
  const saved = parseKeysText(given);
  const projectName = options.project ?? saved.projectName;
  await verify(session, projectName, saved, chosenEngine(options));
  await writeStackKeys(stackOf(session, options), saved);
  session.output.result(
    `Stack ${options.stack} has ${Object.keys(saved.keys).length} keys, encrypted in its config. The next \`pulumi up\` uses them.`,
  );
}

/** @throws DeployError of kind `KeysChanged` when the data on this host was made with others */
async function verify(
  session: Session,
  projectName: string,
  saved: SavedKeys,
  engine: Engine,
): Promise<void> {
  const { output, signal } = session;
  const unverified = (why: string) =>
    output.note(`Whether the keys fit the data of ${projectName} is not known: ${why}.`);
  try {
    const volumes = await new MarkerStore(projectName, engine, signal).read();
    const { marker } = volumes;
    if (marker === undefined || !hasData(volumes)) {
      unverified("nothing on this host tells");
      return;
    }
    const found = await differences(marker, saved.keys);
    if (found.length > 0) {
      throw keysChanged(projectName, found);
    }
    output.note(`The keys fit the data of project ${projectName}.`);
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "DaemonUnreachable") {
      unverified("the Docker engine does not answer");
      return;
    }
    if (DeployError.isDeployError(error) && error.kind === "DockerNotAvailable") {
      unverified("there is no docker program");
      return;
    }
    throw error;
  }
}

function stackOf(session: Session, options: StackOption) {
  return {
    stack: options.stack,
    folder: options.cwd,
    environment: session.environment,
    signal: session.signal,
  };
}
