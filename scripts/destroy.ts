/**
 * `npm run destroy`: takes the stack's services down. Volumes stay unless the stack says otherwise.
 *
 *     npm run destroy [-- --stack NAME] [-- arguments for pulumi destroy]
 */
import { runScript } from "./lib/entry.ts";
import { parseStackArguments } from "./pulumi/arguments.ts";
import { findState, saveState } from "./pulumi/saved-state.ts";
import { openPulumi } from "./pulumi/session.ts";
import { volumesOf } from "./pulumi/volumes.ts";
import { setUp } from "./setup/all.ts";

await runScript(async (context) => {
  const { stack, rest } = parseStackArguments(process.argv.slice(2), context.env);
  await setUp(context, ["pulumi", "plugin", "docker"]);
  const pulumi = await openPulumi(context);

  await saveState(context, pulumi, stack);
  const saved = await findState(context, stack);
  const destroy = ["destroy", "--stack", stack, "--yes", "--suppress-outputs", ...rest];
  const exitCode = await pulumi.attached(destroy);
  if (exitCode !== 0 && saved?.isProtected) {
    context.report.note(
      `Stack ${stack} is protected, so nothing was destroyed. To lift it: \`npm run pulumi -- config set ` +
        `--stack ${stack} protect false\`, \`npm start -- --stack ${stack}\`, then this again`,
    );
  }
  if (exitCode !== 0 || saved === undefined) {
    return exitCode;
  }
  const volumes = await volumesOf(context, saved.projectName);
  if (volumes.length > 0) {
    context.report.note(
      "Lago's data is kept in its volumes, and the keys that it needs beside the tools: the next " +
        `\`npm start\` takes up both.\n    To remove the data for good: docker volume rm ${volumes.join(" ")}`,
    );
  }
  return exitCode;
});
