/**
 * `npm start`: sets up what is missing, deploys the stack, and ends with what runs and where.
 *
 *     npm start [-- --stack NAME] [-- arguments for pulumi up]
 */
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { parseOutputs, summary } from "./pulumi/outputs.ts";
import { findState, forgetStates, isEmpty, restoreState } from "./pulumi/saved-state.ts";
import { openPulumi, type PulumiSession } from "./pulumi/session.ts";
import { volumesOf } from "./pulumi/volumes.ts";
import { setUp } from "./setup/all.ts";
import type { SetupContext } from "./setup/context.ts";

const STACK_DEADLINE_MS = 120_000;

await runScript(async (context) => {
  const { stack, rest } = parseStackArguments(process.argv.slice(2), context.env);
  await setUp(context, ["pulumi", "plugin", "docker", "images"]);
  const pulumi = await openPulumi(context);

  const select = ["stack", "select", stack, "--create"];
  const selected = await pulumi.captured(select, STACK_DEADLINE_MS);
  if (selected.exitCode !== 0) {
    context.report.note(`Stack ${stack} cannot be used:\n${selected.stderr.trim()}`);
    return selected.exitCode;
  }
  await takeUpKeptData(context, pulumi, stack);

  context.report.doing(`Stack ${stack}: pulumi up creates or updates what it deploys`);
  // The table below says what the outputs say, in less room.
  const up = ["up", "--stack", stack, "--yes", "--suppress-outputs", ...rest];
  const exitCode = await pulumi.attached(up);
  if (exitCode !== 0) {
    context.report.note(
      `pulumi up ended with exit code ${exitCode}. Its messages stand above; once the cause is gone, ` +
        "run the same command again. `npm run destroy` takes down what was started.",
    );
    return exitCode;
  }
  const output = ["stack", "output", "--json", "--stack", stack];
  const outputs = await pulumi.captured(output, STACK_DEADLINE_MS);
  const deployed = outputs.exitCode === 0 ? parseOutputs(outputs.stdout) : undefined;
  if (deployed !== undefined) {
    await forgetStates(context, stack);
    process.stdout.write(`\n${summary(deployed)}\n`);
  }
  return outputs.exitCode;
});

/** The data of a destroyed stack is of use only with the keys in the state that it had. */
async function takeUpKeptData(
  context: SetupContext,
  pulumi: PulumiSession,
  stack: string,
): Promise<void> {
  const saved = await findState(context, stack);
  if (saved === undefined || !(await isEmpty(pulumi, stack))) {
    return;
  }
  if ((await volumesOf(context, saved.projectName)).length > 0) {
    context.report.doing(
      `Stack ${stack}: it was destroyed and its data kept. Taking up its state again, since the data needs its keys`,
    );
    await restoreState(pulumi, stack, saved);
  }
}
