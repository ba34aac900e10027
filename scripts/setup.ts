/** `npm run setup`: makes sure of all that `npm start` needs, and deploys nothing. */
import { runScript } from "./entry.ts";
import { setUp } from "./setup/all.ts";

await runScript(async (context) => {
  await setUp(context, ["pulumi", "plugin", "docker", "images"]);
  return 0;
});
