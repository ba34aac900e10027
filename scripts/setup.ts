/**
 * `npm run setup`: installs everything that `npm start` needs, and deploys nothing. `npm run
 * setup:ansible` installs Ansible, which only the comparison of the fault cases needs.
 */

import { setUp } from "../setup/all.ts";
import type { SetupContext } from "../setup/context.ts";
import { SetupFailure, USAGE_EXIT_CODE } from "../setup/failure.ts";
import { ensureAnsible } from "../testing/tools/ansible.ts";
import { runScript } from "./lib/entry.ts";

await runScript(async (context) => {
  await setUpNamed(context, process.argv.slice(2).join(" "));
  return 0;
});

async function setUpNamed(context: SetupContext, name: string): Promise<void> {
  switch (name) {
    case "":
      return await setUp(context, ["pulumi", "plugin", "docker", "images"]);
    case "ansible":
      await ensureAnsible(context);
      return;
    default:
      throw new SetupFailure(
        `There is no set-up "${name}". \`npm run setup\` makes sure of what \`npm start\` needs, \`npm run setup:ansible\` of Ansible.`,
        { exitCode: USAGE_EXIT_CODE },
      );
  }
}
