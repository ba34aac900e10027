/** A bare repository with a hook of `pipelines/git-hooks`, whose branches deploy to stacks. */
import { randomBytes } from "node:crypto";
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { LOCK_FOLDER_VARIABLE } from "../../../src/lock/file-lock.ts";
import { inheritedEnvironment } from "../../../src/process/environment.ts";
import { type RunOptions, type RunResult, run } from "../../../src/process/run.ts";
import { CLI } from "../../../testing/cli.ts";
import type { ComposeWatch } from "../../../testing/compose-runs.ts";
import { removeProject, TEST_PREFIX, testName } from "../../../testing/docker.ts";
import { COMPILE_CACHE, ROOT } from "../../../testing/folders.ts";
import { freePort } from "../../../testing/ports.ts";
import { findPulumi } from "../../../testing/pulumi.ts";
import {
  changeConfig,
  GIT_PERSON,
  makeSmallProgram,
  SMALL_SETTINGS,
  type StackValues,
} from "../../../testing/small-program.ts";
import { must } from "../../../testing/stack.ts";
import { eventually } from "../../../testing/standing.ts";
import { documentText } from "../../support/docs/documents.ts";
import { blocksOf } from "../../support/docs/markdown.ts";

const HOOKS = join(ROOT, "pipelines/git-hooks");

const TIMEOUT_MS = 180_000;

/** Stacks by the branch that is deployed to them. */
export const STACKS = { main: "dev", staging: "staging", production: "prod" } as const;

/** A repository, and somebody who works on it. */
export interface GitDeployment {
  readonly project: (stack: string) => string;
  /** The bare repository. */
  readonly repository: string;
  /** Folder with Pulumi's locks of a stack. */
  readonly pulumiLocks: (stack: string) => string;
  readonly lockFolder: string;
  /** Everything that was printed so far. */
  readonly printed: () => string;
  /** The password that every stack has as a secret. */
  readonly secret: string;
  git(...args: string[]): Promise<RunResult>;
  /** Changes a stack's config as in an editor, and commits it. */
  configure(stack: string, change: (values: StackValues) => void): Promise<void>;
  /** Pushes, and returns what whoever pushes sees. */
  push(refs?: string): Promise<RunResult>;
  /** `z-billing-lago pipeline …` in the checkout that a stack was last deployed from. */
  pipeline(
    stack: string,
    args: readonly string[],
    options?: Partial<RunOptions>,
  ): Promise<RunResult>;
  pulumi(...args: string[]): Promise<RunResult>;
  /** Makes a hook what `pipelines` says, or removes it. */
  hook(name: "pre-receive" | "post-receive", installed: boolean): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes it, with its stacks, and nothing pushed yet. */
export async function createGitDeployment(): Promise<GitDeployment> {
  const folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  const [work, repository] = [join(folder, "work"), join(folder, "lago.git")];
  const [backend, environment] = [join(folder, "backend"), join(folder, "environment")];
  const lockFolder = join(folder, "locks");
  const name = testName();
  const secret = `smtp-${randomBytes(12).toString("hex")}`;
  const inherited = inheritedEnvironment();
  const variables = {
    PATH: [dirname(findPulumi()), dirname(process.execPath), inherited.PATH ?? ""].join(delimiter),
    PULUMI_HOME: process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: `passphrase-${randomBytes(8).toString("hex")}`,
    Z_BILLING_LAGO_HOME: join(folder, "home"),
    [LOCK_FOLDER_VARIABLE]: lockFolder,
    NODE_COMPILE_CACHE: COMPILE_CACHE,
  };
  const env = { ...inherited, ...variables };
  const gitEnv = { ...inherited, ...GIT_PERSON };
  const printed: string[] = [];
  const noted = async (running: Promise<RunResult>) => {
    const result = await running;
    printed.push(result.stdout, result.stderr);
    return result;
  };
  const git = (...args: string[]) =>
    noted(run("git", args, { cwd: work, env: gitEnv, timeoutMs: TIMEOUT_MS }));
  const pulumi = (...args: string[]) =>
    run(findPulumi(), [...args, "--non-interactive"], { cwd: work, env, timeoutMs: TIMEOUT_MS });
  const configFile = (stack: string) => join(work, `Pulumi.${stack}.yaml`);
  const hook = async (file: "pre-receive" | "post-receive", installed: boolean) => {
    const place = join(repository, "hooks", file);
    await (installed ? copyFile(join(HOOKS, file), place) : rm(place, { force: true }));
  };

  await Promise.all([backend, environment, lockFolder].map((one) => mkdir(one)));
  await makeSmallProgram(work);
  await symlink(dirname(HOOKS), join(folder, "pipelines"));
  must(
    await run("bash", ["-euc", documentedSetUp(environment)], {
      cwd: folder,
      env: gitEnv,
      timeoutMs: 10_000,
    }),
  );
  // Which may be left out, and is wanted by few of the tests.
  await hook("pre-receive", false);
  must(await git("init", "--quiet", "--initial-branch", "main"));
  must(await git("remote", "add", "origin", repository));
  const lines = Object.entries(variables).map(([key, value]) => `${key}='${value}'\n`);
  for (const [branch, stack] of Object.entries(STACKS)) {
    must(await pulumi("stack", "init", stack));
    await writeFile(join(environment, `${stack}.env`), lines);
    const values = {
      ...SMALL_SETTINGS,
      projectName: `${name}-${stack}`,
      ports: { api: await freePort() },
    };
    await changeConfig(configFile(stack), (all) => Object.assign(all, values));
    const password = ["--path", "settings.mail.smtpPassword", secret, "--secret"];
    must(await pulumi("config", "set", ...password, "--stack", stack));
    const told = must(await git("-C", repository, "config", "--get-all", "lago.deploy")).stdout;
    if (!told.split("\n").includes(`${branch}:${stack}`)) {
      throw new Error(`docs/pipelines.md does not deploy ${branch} to ${stack}: ${told}`);
    }
  }
  must(await git("add", "--all"));
  must(await git("commit", "--quiet", "--message", "Deploy Lago"));

  return {
    project: (stack) => `${name}-${stack}`,
    repository,
    pulumiLocks: (stack) =>
      join(backend, ".pulumi", "locks", "organization", "z-billing-lago", stack),
    lockFolder,
    printed: () => printed.join("\n"),
    secret,
    git,
    configure: async (stack, change) => {
      await changeConfig(configFile(stack), change);
      const message = `Change ${stack}`;
      // What is as it was already makes a commit too.
      must(await git("commit", "--quiet", "--all", "--allow-empty", "--message", message));
    },
    push: (refs = "main") => git("push", "origin", refs),
    pipeline: (stack, [step = "", ...args], options = {}) =>
      noted(
        run(process.execPath, [CLI, "pipeline", step, "--stack", stack, ...args], {
          cwd: join(repository, "lago", stack),
          timeoutMs: TIMEOUT_MS,
          ...options,
          env: { ...env, ...options.env },
        }),
      ),
    pulumi,
    hook,
    dispose: async () => {
      for (const stack of Object.values(STACKS)) {
        await removeProject(`${name}-${stack}`);
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** How the bare repository is made, as the document has it, with another folder for variables. */
function documentedSetUp(environment: string): string {
  const mark = "run by test/e2e/support/git-deployment.ts";
  const blocks = blocksOf(documentText("docs/pipelines.md")).filter((block) => block.mark === mark);
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) {
    throw new Error(`docs/pipelines.md has ${blocks.length} blocks that are "${mark}"`);
  }
  return block.lines.join("\n").replace("/etc/z-billing-lago", environment);
}

/** Waits until a deploy of a stack has compose at work, and returns the processes that work for it. */
export async function deployAtWork(
  lago: GitDeployment,
  stack: string,
  watch: ComposeWatch,
): Promise<{ readonly pipeline: number; readonly pulumi: number }> {
  await eventually(
    async () => watch.current("up"),
    (seen) => seen !== undefined,
    60_000,
  );
  const pidIn = async (folder: string, file: RegExp) => {
    const name = (await readdir(folder)).find((one) => file.test(one)) ?? "";
    return (JSON.parse(await readFile(join(folder, name), "utf8")) as { pid: number }).pid;
  };
  return {
    pipeline: await pidIn(lago.lockFolder, new RegExp(`^stack-${stack}-.*\\.lock$`)),
    pulumi: await pidIn(lago.pulumiLocks(stack), /\.json$/),
  };
}
