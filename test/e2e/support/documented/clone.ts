/** A clone of this repository on a machine of its own, as far as a home folder makes one. */
import { existsSync } from "node:fs";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { packagesMark } from "../../../../setup/bootstrap/state.mjs";
import { PULUMI_VERSION } from "../../../../setup/pulumi-paths.ts";
import { LOCK_FOLDER_VARIABLE } from "../../../../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../../../../src/process/environment.ts";
import { TEST_PREFIX } from "../../../../testing/docker.ts";
import { ROOT } from "../../../../testing/folders.ts";
import { findPulumi } from "../../../../testing/pulumi.ts";

/** What a clone does not have, or has as links. */
const LEFT_OUT = new Set([".git", "node_modules", "dist", "coverage"]);

/** A clone, and the environment of somebody who works in it. */
export interface Clone {
  readonly folder: string;
  /** The folder around it, in which everything lies that the person has. */
  readonly around: string;
  readonly env: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/**
 * Copies the checkout as it is, with its packages installed, and gives it a home of its own: stacks,
 * passphrase and logins of the user of this machine are out of sight.
 */
export async function makeClone(): Promise<Clone> {
  const around = await realpath(await mkdtemp(join(tmpdir(), TEST_PREFIX)));
  const [folder, home] = [join(around, "z-billing-lago"), join(around, "home")];
  const pulumi = findPulumi();
  const inherited = inheritedEnvironment();
  await cp(ROOT, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.has(basename(path)) && !path.endsWith(".tgz"),
  });
  await installPackages(folder);
  await linkPulumi(join(home, ".pulumi"), pulumi);
  return {
    folder,
    around,
    env: {
      ...inherited,
      // Plain `pulumi` too, as with somebody who has installed it.
      PATH: [dirname(process.execPath), dirname(pulumi), inherited.PATH ?? ""].join(delimiter),
      HOME: home,
      // Pulumi itself takes the home that the system's list of users names, whatever HOME says.
      PULUMI_HOME: join(home, ".pulumi"),
      // Where the client finds compose as a plugin of the user's.
      DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(homedir(), ".docker"),
      [LOCK_FOLDER_VARIABLE]: process.env[LOCK_FOLDER_VARIABLE] ?? "",
      // What a person answers with `y`.
      PULUMI_SKIP_CONFIRMATIONS: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NPM_CONFIG_UPDATE_NOTIFIER: "false",
    },
    dispose: () => rm(around, { recursive: true, force: true }),
  };
}

/**
 * Fills `node_modules` with links to the packages of this checkout, marked as what package-lock.json
 * lists. The folder itself is the clone's own: what npm did in it would touch nothing else.
 */
async function installPackages(folder: string): Promise<void> {
  const [from, to] = [join(ROOT, "node_modules"), join(folder, "node_modules")];
  await mkdir(to);
  for (const name of await readdir(from)) {
    if (name !== ".cache" && !name.startsWith(".z-billing-lago")) {
      await symlink(join(from, name), join(to, name));
    }
  }
  const mark = packagesMark(await readFile(join(folder, "package-lock.json")));
  await writeFile(join(to, ".z-billing-lago-installed"), mark);
}

/** A Pulumi home with the CLI and the plugins of this machine, and no stack. */
async function linkPulumi(home: string, pulumi: string): Promise<void> {
  const version = join(home, "versions", PULUMI_VERSION);
  await mkdir(version, { recursive: true });
  await symlink(dirname(pulumi), join(version, "bin"));
  const plugins = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  if (existsSync(plugins)) {
    await symlink(plugins, join(home, "plugins"));
  }
}
