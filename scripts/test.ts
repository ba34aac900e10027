/** `npm test`: the set-up and every check. The set-up counts as a check too. */
import { type Check, STATIC_CHECKS, SYSTEM_TESTS, UNIT_TESTS } from "./checks/checks.ts";
import { conclude, runChecks } from "./checks/run.ts";
import { single } from "./checks/tally.ts";
import { runScript } from "./entry.ts";
import { setUp } from "./setup/all.ts";
import { SetupFailure } from "./setup/failure.ts";

const SET_UP: Check = {
  name: "set-up",
  run: async (context) => {
    try {
      await setUp(context, ["pulumi", "plugin", "docker", "images", "sshd", "s3"]);
      return single(true);
    } catch (error) {
      if (error instanceof SetupFailure) {
        context.report.note(error.message);
        return single(false);
      }
      throw error;
    }
  },
};

await runScript(async (context) => {
  const setUpTally = await runChecks(context, [SET_UP]);
  const ready = setUpTally.every(({ failed }) => failed === 0);
  if (!ready) {
    context.report.note("Tests that need Docker or Pulumi are left out.");
  }
  const checks = [...STATIC_CHECKS, ...UNIT_TESTS, ...(ready ? SYSTEM_TESTS : [])];
  return conclude([...setUpTally, ...(await runChecks(context, checks))]);
});
