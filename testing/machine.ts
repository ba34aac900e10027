/**
 * A separate deploying machine, as far as Pulumi and this project's locks can tell machines apart.
 */
import { mkdir, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../src/process/environment.ts";
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";
import { CLI } from "./cli.ts";
import { COMPILE_CACHE } from "./folders.ts";
import { findPulumi } from "./pulumi.ts";
import { GIT_PERSON } from "./small-program.ts";
import { must } from "./stack.ts";

const TIMEOUT_MS = 180_000;

/** A machine with its own home and clone. */
export interface Machine {
  readonly clone: string;
  /** Runs `z-billing-lago pipeline …` in the clone. */
  pipeline(args: readonly string[], options?: Partial<RunOptions>): Promise<RunResult>;
  pulumi(...args: string[]): Promise<RunResult>;
  git(...args: string[]): Promise<RunResult>;
}

/**
 * Creates a machine in a folder.
 *
 * @param origin repository to clone
 * @param variables variables of its pipeline, such as a backend and a passphrase
 * @param onPrinted receives all output
 */
export async function makeMachine(
  folder: string,
  origin: string,
  variables: Readonly<Record<string, string>>,
  onPrinted: (text: string) => void,
): Promise<Machine> {
  const [home, clone] = [join(folder, "home"), join(folder, "clone")];
  await mkdir(join(home, ".pulumi"), { recursive: true });
  const pulumiHome = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  // Only the set-up's installation is shared with the other home.
  await symlink(join(pulumiHome, "plugins"), join(home, ".pulumi", "plugins"));
  const inherited = inheritedEnvironment();
  const env = {
    ...inherited,
    PATH: [dirname(findPulumi()), dirname(process.execPath), inherited.PATH ?? ""].join(delimiter),
    HOME: home,
    // Pulumi ignores HOME and uses the home of the system's user list.
    PULUMI_HOME: join(home, ".pulumi"),
    // Docker finds its plugins there.
    DOCKER_CONFIG: inherited.DOCKER_CONFIG ?? join(homedir(), ".docker"),
    [LOCK_FOLDER_VARIABLE]: join(home, "locks"),
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    ...variables,
  };
  const running = async (
    program: string,
    args: readonly string[],
    options: Partial<RunOptions> = {},
  ) => {
    const result = await run(program, args, {
      cwd: clone,
      timeoutMs: TIMEOUT_MS,
      ...options,
      env: { ...env, ...options.env },
    });
    onPrinted(result.stdout + result.stderr);
    return result;
  };
  const git = (args: readonly string[], cwd = clone) =>
    running("git", args, { cwd, env: GIT_PERSON });
  must(await git(["clone", "--quiet", origin, clone], folder));
  return {
    clone,
    pipeline: (args, options) => running(process.execPath, [CLI, "pipeline", ...args], options),
    pulumi: (...args) => running(findPulumi(), [...args, "--non-interactive"]),
    git: (...args) => git(args),
  };
}
