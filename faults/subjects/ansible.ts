/**
 * Ansible's `community.docker.docker_compose_v2`, in playbooks as in its documentation, with the
 * settings and secrets exported to `ansible-playbook`.
 */
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsFolder } from "../../setup/bootstrap/state.mjs";
import { ansibleProgram, isAnsibleInstalled } from "../../testing/tools/ansible-paths.ts";
import type { Settings, World } from "../../testing/world/world.ts";
import { changesIn, errorIn } from "./ansible-output.ts";
import { ansibleVersions } from "./ansible-versions.ts";
import type { Deployment, Operation, Subject } from "./subject.ts";

/** Arguments of `ansible-playbook`. */
const COMMANDS: Readonly<Record<Operation, readonly string[]>> = {
  up: ["up.yml"],
  down: ["down.yml"],
  status: ["status.yml"],
  preview: ["up.yml", "--check"],
  // Ansible keeps no state to refresh. The changes that `up` would make show drift.
  refresh: ["up.yml", "--check"],
};

/** `ansible-playbook` with the playbooks of the folder `ansible`. */
export const ansible: Subject = {
  name: "ansible",
  title: "Ansible docker_compose_v2",
  ours: false,
  takesLock: false,
  showsComposeTable: true,
  versions: async () => await ansibleVersions(toolsFolder()),
  missing: async () =>
    isAnsibleInstalled(toolsFolder())
      ? undefined
      : "Ansible is not there, or not of the pinned version. `npm run setup:ansible` installs it, in a folder of its own.",
  open: async (world) => await openAnsible(world),
};

async function openAnsible(world: World): Promise<Deployment> {
  const playbooks = join(world.folder, "ansible");
  await cp(join(import.meta.dirname, "ansible"), playbooks, { recursive: true });
  const home = join(world.folder, "ansible-home");
  const temporary = join(world.temporaryFolder, "ansible");
  let project = world.project;
  return {
    command: async (operation, settings) => {
      project = settings.project ?? world.project;
      await writeFile(join(playbooks, "settings.yml"), settingsText(settings, world));
      return {
        program: ansibleProgram(toolsFolder(), "ansible-playbook"),
        args: COMMANDS[operation],
        cwd: playbooks,
        environment: {
          API_PORT: String(world.ports.api),
          FRONT_PORT: String(world.ports.front),
          ...settings.environment,
          // By default these lie in the home folder, whatever `TMPDIR` is.
          ANSIBLE_HOME: home,
          ANSIBLE_LOCAL_TEMP: temporary,
          ANSIBLE_REMOTE_TEMP: temporary,
        },
      };
    },
    recovery: async () => [],
    errorOf: ({ output }) => errorIn(output),
    changesOf: ({ stdout }) => changesIn(stdout, oneShotContainers(world, project)),
    stateFolders: [home, playbooks],
    locks: () => [],
    dispose: async () => {},
  };
}

/** Variables of the playbooks; JSON is also YAML. */
function settingsText({ startTimeoutSeconds, project }: Settings, world: World): string {
  return JSON.stringify({
    lago_path: world.composeFolder,
    lago_project: project ?? world.project,
    lago_start_timeout: startTimeoutSeconds,
  });
}

function oneShotContainers({ compose }: World, project: string): string[] {
  return compose.oneShots.map((service) => {
    const { container_name: name } = compose.document.services[service] ?? {};
    return typeof name === "string" ? name : `${project}-${service}-1`;
  });
}
