// Several Lago environments from one program: node main.ts preview|up|destroy [environment...]
import { readFile } from "node:fs/promises";
import { automation, Config, getStack } from "@pulumi/pulumi";
import { LagoStack, type LagoStackArgs } from "z-billing-lago";

const COMMANDS = ["preview", "up", "destroy"] as const;

const file = new URL("environments.json", import.meta.url);
const environments: Record<string, LagoStackArgs> = JSON.parse(await readFile(file, "utf8"));

const [given, ...chosen] = process.argv.slice(2);
const command = COMMANDS.find((one) => one === given);
const names = chosen.length > 0 ? chosen : Object.keys(environments);
const unknown = names.filter((name) => !(name in environments));
if (command === undefined || unknown.length > 0) {
  const known = Object.keys(environments).join(" ");
  console.error(`Usage: node main.ts ${COMMANDS.join("|")} [${known}]`);
  process.exit(2);
}

// One after the other: when one fails, the later ones stay unchanged.
for (const name of names) {
  const stack = await automation.LocalWorkspace.createOrSelectStack(
    { projectName: "lago-environments", stackName: name, program: deployment },
    // Folder in which Pulumi finds the packages, and keeps each environment's settings and secrets.
    { workDir: import.meta.dirname },
  );
  console.log(`${command} ${name}`);
  await stack[command]({ onOutput: (text) => process.stdout.write(text) });
  if (command === "up") {
    const { apiUrl, frontUrl } = await stack.outputs();
    console.log(`${name}: api ${apiUrl?.value}, front ${frontUrl?.value}`);
  }
}

/** Program of an environment: identical for all, with the environment's own settings. */
async function deployment() {
  const settings = environments[getStack()];
  const { running, apiUrl, frontUrl } = new LagoStack("lago", {
    ...settings,
    // Set with `pulumi config set --secret databaseUrl`, if an environment has its own database.
    config: { ...settings?.config, databaseUrl: new Config().getSecret("databaseUrl") },
  });
  return { running, apiUrl, frontUrl };
}
