/** `npm run check`: format, lint, types and the package. */
import { GROUPS } from "./checks/groups.ts";
import { conclude, runChecks } from "./checks/run.ts";
import { runScript } from "./entry.ts";

await runScript(async (context) => conclude(await runChecks(context, GROUPS.static.checks)));
