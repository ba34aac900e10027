/** `npm start` in the checkout of a contender, on the stack that its `pulumi up` has deployed. */
import { cp, mkdir, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { CommandLine } from "../../faults/subjects/subject.ts";
import { commandPluginFolder } from "../../sandbox/command-provider/install.ts";
import { PULUMI_VERSION } from "../../setup/pulumi-paths.ts";
import { ROOT } from "../../testing/folders.ts";
import { findPulumi } from "../../testing/pulumi.ts";
import type { World } from "../../testing/world/world.ts";

/** Files of a checkout that `npm start` needs besides the program. */
const SCRIPTS = ["package-lock.json", "scripts", "setup", "sandbox"];

/**
 * Completes the checkout, and returns the command line of `npm start` for the same program, stack,
 * backend and passphrase as the given `pulumi up`. Folders of Pulumi, of the setup and of npm lie in
 * the world: nothing of the user's own is changed.
 */
export async function npmStart(
  up: CommandLine,
  { folder, project }: Pick<World, "folder" | "project">,
): Promise<CommandLine> {
  for (const name of SCRIPTS) {
    await cp(join(ROOT, name), join(up.cwd, name), { recursive: true });
  }
  return {
    program: "npm",
    args: ["start", "--", "--stack", project],
    cwd: up.cwd,
    environment: {
      ...up.environment,
      PULUMI_HOME: await makePulumiHome(join(folder, "pulumi-home")),
      Z_BILLING_LAGO_HOME: join(folder, "z-billing-lago-home"),
      npm_config_cache: join(folder, "npm-cache"),
      npm_config_update_notifier: "false",
    },
  };
}

/** Makes a Pulumi home with the CLI and the command plugin of this machine, and returns its path. */
async function makePulumiHome(home: string): Promise<string> {
  const version = join(home, "versions", PULUMI_VERSION);
  await mkdir(version, { recursive: true });
  await symlink(dirname(findPulumi()), join(version, "bin"));
  const present = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  await cp(commandPluginFolder(present), commandPluginFolder(home), { recursive: true });
  return home;
}
