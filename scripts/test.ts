/**
 * `npm test`: the set-up and every check. The set-up counts as a check too. `npm run check` and
 * `npm run test:unit` are the checks that need neither Docker nor Pulumi, without and with unit tests.
 */
import { type Check, STATIC_CHECKS, SYSTEM_TESTS, UNIT_TESTS } from "./checks/checks.ts";
import { conclude, runChecks } from "./checks/run.ts";
import { single } from "./checks/tally.ts";
import { runScript } from "./lib/entry.ts";
import { setUp } from "./setup/all.ts";
import { SetupFailure, USAGE_EXIT_CODE } from "./setup/failure.ts";

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

/** Checks without a set-up, by the argument that chooses them. */
const WITHOUT_SET_UP = new Map<string, readonly Check[]>([
  ["static", STATIC_CHECKS],
  ["unit", [...STATIC_CHECKS, ...UNIT_TESTS]],
]);

await runScript(async (context) => {
  const name = process.argv.slice(2).join(" ");
  const chosen = WITHOUT_SET_UP.get(name);
  if (chosen !== undefined) {
    return conclude(await runChecks(context, chosen));
  }
  if (name !== "") {
    throw new SetupFailure(
      `There are no checks "${name}". \`npm test\` runs all, \`npm run check\` and \`npm run test:unit\` some of them.`,
      { exitCode: USAGE_EXIT_CODE },
    );
  }
  const setUpTally = await runChecks(context, [SET_UP]);
  const ready = setUpTally.every(({ failed }) => failed === 0);
  if (!ready) {
    context.report.note("Tests that need Docker or Pulumi are left out.");
  }
  const checks = [...STATIC_CHECKS, ...UNIT_TESTS, ...(ready ? SYSTEM_TESTS : [])];
  return conclude([...setUpTally, ...(await runChecks(context, checks))]);
});
