/** Runs `up STACK` and `destroy STACK` with a scripted Pulumi and a scripted engine. */
import { delimiter } from "node:path";
import {
  deployStackCommand,
  type StackCommandOptions,
} from "../../../src/cli/commands/deploy-stack.ts";
import { destroyStackCommand } from "../../../src/cli/commands/destroy.ts";
import { LOCK_FOLDER_VARIABLE } from "../../../src/lock/file-lock.ts";
import { psLine, type Script } from "../../../testing/scripted-docker/answers.ts";
import { useFakeDocker } from "../../../testing/scripted-docker/fake-docker.ts";
import { type ContextOptions, testContext } from "../../support/command-context.ts";
import { type FakePulumi, type PulumiAnswer, useFakePulumi } from "../../support/fake-pulumi.ts";

/** Programs of this machine, which the scripted Pulumi needs. */
const { PATH = "" } = process.env;

const WHO = { stdout: JSON.stringify({ user: "ci", url: "file:///state" }) };

/** What a test says of a run. */
export interface StackRun {
  readonly pulumi: Readonly<Record<string, PulumiAnswer | readonly PulumiAnswer[]>>;
  /** Containers at each look. Defaults to a running db and api. */
  readonly ps?: Script[string];
  readonly docker?: Script;
  /** Answers of the person, in turn; absent where nobody can answer. */
  readonly answers?: readonly (boolean | string)[];
  readonly options?: Partial<StackCommandOptions>;
  readonly context?: ContextOptions;
  /** Called with the scripted Pulumi before the run. */
  readonly before?: (pulumi: FakePulumi) => void;
}

/** A db and an api that run. */
export const RUNNING = { stdout: psLine("api") + psLine("db") };

export const deploy = (run: StackRun) => runCommand(deployStackCommand, run);
export const destroy = (run: StackRun) => runCommand(destroyStackCommand, run);

async function runCommand(
  command: typeof deployStackCommand,
  { pulumi: answers, ps = RUNNING, docker, context: given, ...run }: StackRun,
) {
  useFakeDocker({ ...docker, ps });
  const pulumi = useFakePulumi();
  pulumi.answer({ whoami: WHO, config: { stdout: "{}" }, ...answers });
  run.before?.(pulumi);
  const environment = {
    PATH: [pulumi.folder, PATH].join(delimiter),
    HOME: pulumi.folder,
    LANG: "C",
    [LOCK_FOLDER_VARIABLE]: process.env[LOCK_FOLDER_VARIABLE],
    ...given?.environment,
  };
  const { context, written } = testContext({ ...given, environment });
  const asked: string[] = [];
  const left = [...(run.answers ?? [])];
  const answer = (message: string) => {
    asked.push(message);
    return left.shift();
  };
  const questions = run.answers && {
    yesNo: async (message: string) => answer(message) === true,
    text: async (message: string) => String(answer(message)),
  };
  const options = { stack: "prod", cwd: pulumi.folder, ...run.options };
  const exitCode = await command(context, options, questions);
  return {
    exitCode,
    asked,
    notes: written.notes.join("\n"),
    results: written.results.join("\n"),
    screen: written.screen,
    calls: pulumi.calls(),
    ran: pulumi.calls().map((call) => call.split(" ")[0]),
    folder: pulumi.folder,
  };
}
