/** `npm run check`: format, lint, types, the package and GitLab's template. */
import { STATIC_CHECKS } from "./checks/checks.ts";
import { conclude, runChecks } from "./checks/run.ts";
import { runScript } from "./entry.ts";

await runScript(async (context) => conclude(await runChecks(context, STATIC_CHECKS)));
