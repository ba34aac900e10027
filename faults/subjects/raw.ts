/** Bare `docker compose`, typed in the folder of the file, with the settings exported. */
import type { Settings, World } from "../../testing/world/world.ts";
import type { CommandLine, Deployment, Operation, Subject } from "./subject.ts";

const COMMANDS: Readonly<Record<Operation, ((settings: Settings) => string[]) | undefined>> = {
  up: ({ startTimeoutSeconds }) => [
    ...["up", "-d", "--wait", "--wait-timeout", String(startTimeoutSeconds)],
  ],
  down: () => ["down"],
  status: () => ["ps", "--all"],
  // `up --dry-run` is not a preview of the change alone: it would go through all of a start.
  preview: undefined,
  refresh: undefined,
};

/** `docker compose up -d --wait --wait-timeout N`, `ps --all` and `down`. */
export const raw: Subject = {
  name: "raw",
  title: "docker compose",
  ours: false,
  takesLock: false,
  showsComposeTable: true,
  open: async (world) => openRaw(world),
};

function openRaw(world: World): Deployment {
  return {
    command: async (operation, settings): Promise<CommandLine | undefined> => {
      const args = COMMANDS[operation]?.(settings);
      return args === undefined
        ? undefined
        : {
            program: "docker",
            args: ["compose", ...args],
            cwd: world.composeFolder,
            environment: {
              API_PORT: String(world.ports.api),
              FRONT_PORT: String(world.ports.front),
              ...(settings.project === undefined ? {} : { COMPOSE_PROJECT_NAME: settings.project }),
              ...settings.environment,
            },
          };
    },
    recovery: async () => [],
    errorOf: ({ stderr }) => stderr,
    changesOf: () => undefined,
    stateFolders: [],
    locks: () => [],
    dispose: async () => {},
  };
}
