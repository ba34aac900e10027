/**
 * `npm run destroy`: takes the stack's services down. Volumes stay unless the stack says otherwise.
 *
 *     npm run destroy [-- --stack NAME] [-- arguments for pulumi destroy]
 */
import { runScript } from "./entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { parseOutputs } from "./pulumi/outputs.ts";
import { openPulumi } from "./pulumi/session.ts";
import { setUp } from "./setup/all.ts";
import { probe } from "./setup/command.ts";
import type { SetupContext } from "./setup/context.ts";

const STACK_DEADLINE_MS = 120_000;

await runScript(async (context) => {
  const args = parseStackArguments(process.argv.slice(2), context.env);
  await setUp(context, ["pulumi", "plugin", "docker"]);
  const pulumi = await openPulumi(context);

  const outputs = await pulumi.captured(
    ["stack", "output", "--json", "--stack", args.stack],
    STACK_DEADLINE_MS,
  );
  if (outputs.exitCode !== 0) {
    context.report.note(`Stack ${args.stack} cannot be read:\n${outputs.stderr.trim()}`);
    return outputs.exitCode;
  }
  const projectName = parseOutputs(outputs.stdout)?.projectName;
  const exitCode = await pulumi.attached(["destroy", "--stack", args.stack, "--yes", ...args.rest]);
  if (exitCode === 0) {
    await sayWhatIsKept(context, projectName);
  }
  return exitCode;
});

/** After a first start that failed, the stack does not tell its project's name. */
async function sayWhatIsKept(context: SetupContext, projectName = "NAME"): Promise<void> {
  const filter = `label=com.docker.compose.project=${projectName}`;
  const args = ["volume", "ls", "--quiet", "--filter", filter];
  const listed = await probe(context, { program: "docker", args, timeoutMs: 15_000 });
  const volumes = (listed ?? "").split("\n").filter((name) => name !== "");
  if (volumes.length > 0) {
    const names = volumes.join(" ");
    context.report.note(`Lago's data is kept. To remove it for good: docker volume rm ${names}`);
  } else if (projectName === "NAME") {
    context.report.note(
      `Volumes are kept, where there are any: docker volume ls --filter ${filter}`,
    );
  }
}
