/** A Pulumi stack of the real program. All output is kept, for a search for secrets. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type RunOptions, type RunResult, run } from "../src/process/run.ts";
import { makeCheckout, stackConfigText } from "./checkout.ts";
import { CLI } from "./cli.ts";
import { removeProject, requireDocker, TEST_PREFIX, testName } from "./docker.ts";
import { freePort } from "./ports.ts";
import { createPulumiWorkspace, type PulumiRunOptions, type PulumiWorkspace } from "./pulumi.ts";
import { SMALL_SETTINGS, writeSmallLago } from "./small-program.ts";

const UP_TIMEOUT_MS = 240_000;

/** Options of a test stack. */
export interface TestStackOptions {
  /**
   * Deploys only Lago's database, Redis, migration and api, from a file in the checkout's folder
   * `lago`: for tests about deploying. Defaults to false.
   */
  readonly small?: boolean;
  /**
   * Copies the sources instead of linking them, which keeps Node's compile cache. Defaults to
   * false.
   */
  readonly copySources?: boolean;
}

/** A stack under test. */
export interface TestStack {
  readonly project: string;
  readonly stack: string;
  readonly apiPort: number;
  readonly frontPort: number;
  /** Folder of the checkout with the program. */
  readonly checkout: string;
  readonly workspace: PulumiWorkspace;
  /** Returns all output of Pulumi so far. */
  readonly printed: () => string;
  /** Sets one config value; `path` may be nested, such as `environment.NAME`. */
  set(path: string, value: string, options?: { readonly secret?: boolean }): Promise<void>;
  pulumi(args: readonly string[], options?: PulumiRunOptions): Promise<RunResult>;
  up(): Promise<RunResult>;
  /** Like `up`, but throws on failure. */
  mustUp(): Promise<RunResult>;
  preview(...args: string[]): Promise<RunResult>;
  destroy(): Promise<RunResult>;
  outputs(): Promise<Record<string, unknown>>;
  /** Runs the command line in the checkout, with the environment of the stack's Pulumi. */
  cli(args: readonly string[], options?: Partial<RunOptions>): Promise<RunResult>;
  /** Runs Pulumi on this stack from another checkout of the program. */
  fromElsewhere(args: readonly string[]): Promise<RunResult>;
  /** Removes all remains of the stack. */
  dispose(): Promise<void>;
}

/** Creates a stack with its own project name and ports. */
export async function createTestStack(
  config: Readonly<Record<string, unknown>> = {},
  { small = false, copySources = false }: TestStackOptions = {},
): Promise<TestStack> {
  await requireDocker();
  const stack = testName();
  const project = (config.projectName as string | undefined) ?? stack;
  const folder = await mkdtemp(join(tmpdir(), TEST_PREFIX));
  const checkout = await makeCheckout(join(folder, "checkout"), !copySources);
  if (small) {
    await writeSmallLago(checkout);
  }
  const [apiPort, frontPort] = [await freePort(), await freePort()];
  const workspace = await createPulumiWorkspace({
    program: checkout,
    inPlace: true,
    stack,
    // Plugins come from the set-up; the state is the workspace's own.
    pulumiHome: process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"),
  });
  const values = {
    projectName: project,
    ports: small ? { api: apiPort } : { api: apiPort, front: frontPort },
    ...(small ? SMALL_SETTINGS : { startTimeoutSeconds: 90 }),
    ...config,
  };
  // `stack init` has written a salt into the file.
  const text = stackConfigText("z-billing-lago", values);
  await writeFile(join(checkout, `Pulumi.${stack}.yaml`), text, { flag: "a" });
  const printed: string[] = [];
  const pulumi: TestStack["pulumi"] = async (args, options = {}) => {
    const result = await workspace.pulumi([...args, "--stack", stack], {
      timeoutMs: UP_TIMEOUT_MS,
      ...options,
    });
    printed.push(result.stdout, result.stderr);
    return result;
  };
  const testStack: TestStack = {
    project,
    stack,
    apiPort,
    frontPort,
    checkout,
    workspace,
    printed: () => printed.join("\n"),
    set: async (path, value, { secret = false } = {}) => {
      must(
        await pulumi(["config", "set", "--path", path, value, secret ? "--secret" : "--plaintext"]),
      );
    },
    pulumi,
    up: () => pulumi(["up", "--yes", "--skip-preview", "--diff"]),
    mustUp: async () => must(await testStack.up()),
    preview: (...args) => pulumi(["preview", "--diff", ...args]),
    destroy: () => pulumi(["destroy", "--yes", "--skip-preview"]),
    outputs: async () =>
      JSON.parse(must(await pulumi(["stack", "output", "--json"])).stdout) as Record<
        string,
        unknown
      >,
    cli: async (args, options = {}) => {
      const result = await run(process.execPath, [CLI, ...args], {
        cwd: checkout,
        env: workspace.env,
        timeoutMs: UP_TIMEOUT_MS,
        ...options,
      });
      printed.push(result.stderr);
      return result;
    },
    fromElsewhere: async (args) => {
      const other = await makeCheckout(join(folder, "elsewhere"), !copySources);
      await cp(join(checkout, `Pulumi.${stack}.yaml`), join(other, `Pulumi.${stack}.yaml`));
      return pulumi(["--cwd", other, ...args]);
    },
    dispose: async () => {
      await removeProject(project);
      await workspace.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return testStack;
}

/** Returns a run's output on one line, without the line breaks that Pulumi puts into long lines. */
export function wordsOf({ stdout, stderr }: Pick<RunResult, "stdout" | "stderr">): string {
  return `${stdout} ${stderr}`.replace(/\s+/g, " ");
}

/** Returns the result of a successful run; throws with all its output otherwise. */
export function must(result: RunResult): RunResult {
  if (result.exitCode !== 0) {
    throw new Error(`ended with ${result.exitCode}:\n${result.stdout}\n${result.stderr}`);
  }
  return result;
}
