/**
 * `npm start`: sets up what is missing, deploys the stack, and ends with what runs and where.
 *
 *     npm start [-- --stack NAME] [-- arguments for pulumi up]
 */
import { runScript } from "./entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { parseOutputs, summary } from "./pulumi/outputs.ts";
import { openPulumi } from "./pulumi/session.ts";
import { setUp } from "./setup/all.ts";

const STACK_DEADLINE_MS = 120_000;

await runScript(async (context) => {
  const args = parseStackArguments(process.argv.slice(2), context.env);
  await setUp(context, ["pulumi", "plugin", "docker", "images"]);
  const pulumi = await openPulumi(context);

  const selected = await pulumi.captured(
    ["stack", "select", args.stack, "--create"],
    STACK_DEADLINE_MS,
  );
  if (selected.exitCode !== 0) {
    context.report.note(`Stack ${args.stack} cannot be used:\n${selected.stderr.trim()}`);
    return selected.exitCode;
  }
  context.report.doing(`Stack ${args.stack}: pulumi up creates or updates what it deploys`);
  const exitCode = await pulumi.attached(["up", "--stack", args.stack, "--yes", ...args.rest]);
  if (exitCode !== 0) {
    context.report.note(
      `pulumi up ended with exit code ${exitCode}. Its messages stand above; once the cause is gone, ` +
        "run the same command again. `npm run destroy` takes down what was started.",
    );
    return exitCode;
  }
  const outputs = await pulumi.captured(
    ["stack", "output", "--json", "--stack", args.stack],
    STACK_DEADLINE_MS,
  );
  const deployed = outputs.exitCode === 0 ? parseOutputs(outputs.stdout) : undefined;
  if (deployed !== undefined) {
    process.stdout.write(`\n${summary(deployed)}\n`);
  }
  return outputs.exitCode;
});
