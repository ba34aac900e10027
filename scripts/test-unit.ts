/** `npm run test:unit`: every check that needs neither Docker nor Pulumi. */
import { STATIC_CHECKS, UNIT_TESTS } from "./checks/checks.ts";
import { conclude, runChecks } from "./checks/run.ts";
import { runScript } from "./entry.ts";

await runScript(async (context) =>
  conclude(await runChecks(context, [...STATIC_CHECKS, ...UNIT_TESTS])),
);
