/** `npm run setup:ansible`: makes sure of Ansible, which only the comparison of the fault cases needs. */
import { runScript } from "./entry.ts";
import { ensureAnsible } from "./setup/ansible.ts";

await runScript(async (context) => {
  await ensureAnsible(context);
  return 0;
});
