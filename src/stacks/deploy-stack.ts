/** Deploys a stack and shows the running services and their addresses. */

import { afterFailedStart } from "./after-failure.ts";
import { startCommand } from "./commands.ts";
import type { StackArguments, StackContext, StackPulumi } from "./context.ts";
import { parseOutputs, type StackOutputs, summary } from "./outputs.ts";
import {
  type CurrentState,
  currentState,
  findState,
  forgetStates,
  restoreState,
} from "./saved-states.ts";
import { volumesOf } from "./volumes.ts";

const STACK_DEADLINE_MS = 120_000;

/** Deadline of a preview, in milliseconds: an engine elsewhere may be slow to answer. */
const PREVIEW_DEADLINE_MS = 1_800_000;

/**
 * Creates the stack if needed, and updates it unless a preview finds nothing to change.
 *
 * @returns the exit code of the failed Pulumi command; 0 when the stack is deployed
 * @throws DeployError of kind `CommandFailed` when the stack's state cannot be read or restored
 */
export async function deployStack(
  context: StackContext,
  pulumi: StackPulumi,
  args: StackArguments,
): Promise<number> {
  const { stack, rest } = args;
  const select = ["stack", "select", stack, "--create"];
  const selected = await pulumi.captured(select, STACK_DEADLINE_MS);
  if (selected.exitCode !== 0) {
    context.report.note(
      `Stack ${stack} cannot be used:\n${selected.stderr.trim()}\n    Once the cause is gone: ${startCommand(args)}`,
    );
    return selected.exitCode;
  }
  const before = await takeUpKeptData(context, pulumi, stack);
  const known = parseOutputs(before.outputs);
  // Options for `pulumi up` may mean nothing to a preview.
  const preview =
    known === undefined || rest.length > 0 ? undefined : await previewOf(context, pulumi, stack);
  if (known !== undefined && preview === "nothing to change") {
    context.report.ok(`Stack ${stack}: deployed as declared, nothing to change`);
    await showDeployment(context, stack, known);
    return 0;
  }
  const shown = preview === undefined ? [] : ["--skip-preview"];

  context.report.doing(`Stack ${stack}: pulumi up creates or updates what it deploys`);
  // The table below shows the outputs in less space.
  const up = ["up", "--stack", stack, "--yes", "--suppress-outputs", ...shown, ...rest];
  const exitCode = await pulumi.attached(up);
  if (exitCode !== 0) {
    const end = { exitCode, wasStopped: context.signal.aborted };
    context.report.note(afterFailedStart(args, end, before.project));
    return exitCode;
  }
  const output = ["stack", "output", "--json", "--stack", stack];
  const outputs = await pulumi.captured(output, STACK_DEADLINE_MS);
  if (outputs.exitCode !== 0) {
    context.report.note(
      `Stack ${stack} is deployed, but its outputs cannot be read:\n${outputs.stderr.trim()}\n    Once the cause is gone: npm run pulumi -- stack output --stack ${stack}`,
    );
    return outputs.exitCode;
  }
  const deployed = parseOutputs(JSON.parse(outputs.stdout));
  if (deployed !== undefined) {
    await showDeployment(context, stack, deployed);
  }
  return 0;
}

/**
 * Looks for changes, and shows them where there are any. Undefined where the preview fails, of which
 * `pulumi up` then tells more.
 */
async function previewOf(
  context: StackContext,
  pulumi: StackPulumi,
  stack: string,
): Promise<"nothing to change" | "changes" | undefined> {
  context.report.doing(`Stack ${stack}: pulumi preview looks for changes`);
  const preview = ["preview", "--stack", stack, "--expect-no-changes", "--suppress-outputs"];
  const { exitCode, stdout, stderr } = await pulumi.captured(preview, PREVIEW_DEADLINE_MS);
  if (exitCode === 0) {
    return "nothing to change";
  }
  if (!stderr.includes("no changes were expected")) {
    return undefined;
  }
  process.stdout.write(stdout);
  return "changes";
}

async function showDeployment(
  context: StackContext,
  stack: string,
  deployed: StackOutputs,
): Promise<void> {
  await forgetStates(context, stack);
  process.stdout.write(`\n${summary(deployed)}\n`);
}

/**
 * Restores the state of a destroyed stack, whose keys its data needs.
 *
 * @returns the stack's state before the update
 */
async function takeUpKeptData(
  context: StackContext,
  pulumi: StackPulumi,
  stack: string,
): Promise<CurrentState> {
  const current = await currentState(pulumi, stack);
  const saved = current.isEmpty ? await findState(context, stack) : undefined;
  if (saved === undefined || (await volumesOf(saved, context.signal)).length === 0) {
    return current;
  }
  context.report.doing(
    `Stack ${stack}: it was destroyed and its data kept. Taking up its state again, since the data needs its keys`,
  );
  await restoreState(pulumi, stack, saved);
  return { isEmpty: false, project: saved, outputs: undefined };
}
