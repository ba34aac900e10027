/** Temporary Pulumi workspaces for tests that run the real Pulumi CLI. */
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../src/process/environment.ts";
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";
import { COMPILE_CACHE, ROOT } from "./folders.ts";

const PULUMI_VERSION = "3.259.0";
const DEFAULT_TIMEOUT_MS = 120_000;

/** Options of a workspace. */
export interface PulumiWorkspaceOptions {
  /** Folder of the program; it is copied, with the project's packages available. */
  readonly program: string;
  /** Runs the program in place instead of copying it. Defaults to false. */
  readonly inPlace?: boolean;
  /** Name of the stack. Defaults to `dev`. */
  readonly stack?: string;
  /** Folder for plugins. Defaults to a new, empty one that is removed with the workspace. */
  readonly pulumiHome?: string;
  /** Variables in addition to those of the workspace. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Options of one run of the CLI. */
export type PulumiRunOptions = Partial<
  Pick<RunOptions, "timeoutMs" | "signal" | "stdin" | "onLine" | "env">
>;

/** The fields of an exported resource that tests read. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Result of `pulumi stack export`. */
export interface ExportedStack {
  readonly deployment: {
    readonly resources?: readonly ExportedResource[];
    readonly pending_operations?: readonly unknown[];
  };
}

/** A program, its stack in a local backend, and a CLI isolated from the user's Pulumi. */
export interface PulumiWorkspace {
  /** Folder of all files of the workspace. */
  readonly folder: string;
  readonly programFolder: string;
  readonly pulumiHome: string;
  /** Environment of the CLI. */
  readonly env: Readonly<Record<string, string>>;
  readonly stack: string;
  /** Runs `pulumi <args> --non-interactive` in the program's folder. */
  pulumi(args: readonly string[], options?: PulumiRunOptions): Promise<RunResult>;
  /** Exports the stack's state, with secrets encrypted. */
  exportStack(): Promise<ExportedStack>;
  /** Removes the workspace's files. The caller has to destroy resources before. */
  dispose(): Promise<void>;
}

/**
 * Returns the Pulumi CLI: the pinned version in the Pulumi home, or else the CLI on the `PATH`.
 *
 * @throws Error when there is none.
 */
export function findPulumi(): string {
  const home = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const candidates = [
    join(home, "versions", PULUMI_VERSION, "bin", "pulumi"),
    ...(process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "pulumi")),
  ];
  // npm puts a launcher of the same name on the PATH, which would download the CLI.
  const found = candidates.find((path) => existsSync(path) && !path.includes("node_modules"));
  if (found === undefined) {
    throw new Error(`no pulumi in ${home} and none on the PATH; run npm start, which installs it`);
  }
  return found;
}

/** Creates a workspace and its stack. */
export async function createPulumiWorkspace(
  options: PulumiWorkspaceOptions,
): Promise<PulumiWorkspace> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "zbl-test-pulumi-")));
  const programFolder = options.inPlace ? options.program : join(folder, "program");
  const pulumiHome = options.pulumiHome ?? join(folder, "home");
  const backend = join(folder, "backend");
  const stack = options.stack ?? "dev";
  const program = findPulumi();
  const inherited = inheritedEnvironment();
  const env = {
    ...inherited,
    // The language host beside the CLI, and the Node that runs these tests.
    PATH: [dirname(program), dirname(process.execPath), inherited.PATH ?? ""].join(delimiter),
    PULUMI_HOME: pulumiHome,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "zbl-test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    [LOCK_FOLDER_VARIABLE]: process.env[LOCK_FOLDER_VARIABLE] ?? "",
    ...options.env,
  };
  const dispose = () => rm(folder, { recursive: true, force: true });
  const workspace: PulumiWorkspace = {
    folder,
    programFolder,
    pulumiHome,
    env,
    stack,
    pulumi: (args, { env: more = {}, timeoutMs = DEFAULT_TIMEOUT_MS, ...rest } = {}) =>
      run(program, [...args, "--non-interactive"], {
        cwd: programFolder,
        env: { ...env, ...more },
        timeoutMs,
        ...rest,
      }),
    exportStack: async () =>
      JSON.parse((await succeed(workspace, ["stack", "export", "--stack", stack])).stdout),
    dispose,
  };
  try {
    await mkdir(backend);
    await mkdir(pulumiHome, { recursive: true });
    if (!options.inPlace) {
      await cp(options.program, programFolder, { recursive: true });
      await symlink(join(ROOT, "node_modules"), join(programFolder, "node_modules"));
    }
    await succeed(workspace, ["stack", "init", stack]);
    return workspace;
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Runs the CLI and throws, with its output, when the exit code is not 0. */
async function succeed(workspace: PulumiWorkspace, args: readonly string[]): Promise<RunResult> {
  const result = await workspace.pulumi(args);
  if (result.exitCode !== 0) {
    throw new Error(`pulumi ${args.join(" ")} ended with ${result.exitCode}: ${result.stderr}`);
  }
  return result;
}
