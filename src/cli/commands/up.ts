/** `up` and `pull`, with a stack or without one. */
import { deploy } from "../../deployment/deploy.ts";
import { Timings } from "../../deployment/timings.ts";
import { SPEC_VARIABLE } from "../../spec/spec-variable.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { namesProject, stackOrDescription } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { type Calls, callsOf, type JsonOption, printDone, printStatus } from "../output/results.ts";
import type { StackTarget } from "../stack-target.ts";
import { targetDeployment, targetSpec } from "../target-deployment.ts";
import { UsageError } from "../usage-error.ts";
import { changeWords } from "./change-words.ts";

interface TimingsOption {
  readonly timings?: boolean;
}

/** Has every `up` tell where its time went, as `--timings` does, when it is 1. */
const TIMINGS_VARIABLE = "Z_BILLING_LAGO_TIMINGS";

interface UpOptions extends NamedTarget, JsonOption, TimingsOption {
  readonly create?: boolean;
  readonly yes?: boolean;
  readonly verbose?: boolean;
}

/**
 * Deploys a stack, or starts the deployment that the options describe.
 *
 * @param rest arguments for Pulumi
 * @returns the exit code of the process
 * @throws UsageError for options that do not go with a stack
 */
export async function upCommand(
  context: CommandContext,
  word: string | undefined,
  rest: readonly string[],
  options: UpOptions,
): Promise<number> {
  const { stack, rest: args } = changeWords(word, rest);
  if (namesProject(options, context)) {
    await stackOrDescription(context, options, stack);
    await startWithoutStack(context, options);
    return 0;
  }
  if (options.json === true) {
    throw new UsageError(
      `--json goes with --project. For a stack, write \`${zbl("pipeline", "deploy", "--stack", stack ?? options.stack ?? "dev", "--json", "report.json")}\`.`,
    );
  }
  const { deployNamedStack } = await import("./deploy-stack.ts");
  const environment =
    options.timings === true
      ? { ...context.environment, [TIMINGS_VARIABLE]: "1" }
      : context.environment;
  return await deployNamedStack({ ...context, environment }, stack, args, options);
}

/** Starts a deployment, waits until it is ready, and prints its status. */
async function startWithoutStack(context: CommandContext, options: UpOptions): Promise<void> {
  const isOfStack = Boolean(context.environment[SPEC_VARIABLE]);
  // Pulumi shows lines, whatever it runs on.
  const isWatched = context.screens.stderr.isTerminal && !isOfStack;
  const name = targetSpec(options, context.environment).projectName;
  await withTimings(context, options, async (timings) => {
    const start = async (calls: Calls) =>
      deploy(await targetDeployment(options, context.environment, { ...calls, timings }));
    const status =
      isWatched && options.json !== true
        ? await (await import("./up-live.ts")).watchedStart(context, name, start)
        : await start(isOfStack ? callsOfStack(context) : callsOf(context));
    printStatus(context, name, status, options);
  });
}

/** Callbacks of a start by a stack, whose preview has shown the warnings with the stack's own names. */
function callsOfStack(context: CommandContext): ReturnType<typeof callsOf> {
  const { onProgress, ...calls } = callsOf(context);
  return {
    ...calls,
    onProgress: (progress) => {
      if (progress.isWarning !== true) {
        onProgress?.(progress);
      }
    },
  };
}

/** Pulls the images of a deployment. */
export async function pullCommand(
  context: CommandContext,
  word: string | undefined,
  options: NamedTarget & JsonOption,
) {
  const target = await stackOrDescription(context, options, word);
  const deployment =
    target === undefined
      ? await targetDeployment(options, context.environment, callsOf(context))
      : await deploymentOf(target, callsOf(context));
  await deployment.pull();
  printDone(context, deployment.project.name, "has its images", options);
}

/** The deployment that a stack's config describes. */
async function deploymentOf(target: StackTarget, calls: Calls) {
  const { readStackConfig } = await import("../../pulumi/cli/stack-config.ts");
  const { deploymentOfStack } = await import("../../pulumi/cli/stack-deployment.ts");
  const config = await readStackConfig(target);
  return deploymentOfStack(config, target.stack, target.folder, calls).deployment;
}

/** Tells where the time went, also of an operation that fails. */
async function withTimings(
  { output, environment }: CommandContext,
  options: TimingsOption,
  work: (timings: Timings | undefined) => Promise<void>,
): Promise<void> {
  // The variable is for Pulumi, whose commands have constant texts.
  if (options.timings !== true && environment[TIMINGS_VARIABLE] !== "1") {
    return work(undefined);
  }
  // Since the process began: what Node takes to load the program is a part of it.
  const timings = new Timings(0);
  timings.mark("program");
  try {
    await work(timings);
  } finally {
    output.note(timings.text());
  }
}
