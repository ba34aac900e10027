/** This project's command line on its own. */
import { CLI, interpreter } from "../../testing/cli.ts";
import type { Settings, World } from "../../testing/world/world.ts";
import { ownLocks } from "./ours-locks.ts";
import { portsOf } from "./ports.ts";
import type { CommandLine, Deployment, Operation } from "./subject.ts";

/**
 * Opens the command line in a world.
 *
 * @param command program and its first arguments. Defaults to the sources of this checkout
 */
export function openCli(
  world: World,
  [program, ...first]: readonly [string, ...string[]] = [...interpreter(), CLI],
): Deployment {
  const command = async (
    operation: Operation,
    settings: Settings,
  ): Promise<CommandLine | undefined> => {
    const args = argumentsOf(operation, settings, world);
    return args === undefined
      ? undefined
      : {
          program,
          args: [...first, ...args, "--project", settings.project ?? world.project],
          cwd: world.folder,
          environment: settings.environment,
        };
  };
  return {
    command,
    recovery: async () => [],
    errorOf: ({ stderr }) => {
      const start = stderr.search(/^error: /m);
      return start === -1 ? stderr : stderr.slice(start);
    },
    changesOf: () => undefined,
    stateFolders: [],
    locks: () => ownLocks(world.lockFolder),
    dispose: async () => {},
  };
}

function argumentsOf(operation: Operation, settings: Settings, world: World) {
  const timeout = ["--start-timeout", String(settings.startTimeoutSeconds)];
  switch (operation) {
    case "up":
      return ["up", "--path", world.composeFolder, ...portOptions(world), ...timeout];
    case "down":
    case "status":
      return [operation];
    default:
      return undefined;
  }
}

function portOptions(world: World): string[] {
  return Object.entries(portsOf(world)).flatMap(([role, port]) => [`--${role}-port`, String(port)]);
}
