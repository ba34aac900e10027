/** Versions of the installed Ansible. */
import { z } from "zod";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";
import { ansibleProgram } from "../../testing/tools/ansible-paths.ts";

const COLLECTION = "community.docker";

/** Schema of the installed collections, by folder. */
const listSchema = z.record(z.string(), z.record(z.string(), z.object({ version: z.string() })));

/** Returns versions by name, as the programs print them; "none" if they do not. */
export async function ansibleVersions(tools: string): Promise<Record<string, string>> {
  const options = { env: inheritedEnvironment(), timeoutMs: 60_000 };
  const ask = async (program: string, ...args: string[]) =>
    (await run(ansibleProgram(tools, program), args, options)).stdout;
  const core = await ask("ansible-playbook", "--version");
  const list = await ask("ansible-galaxy", "collection", "list", COLLECTION, "--format", "json");
  const folders = Object.values(listSchema.parse(JSON.parse(list)));
  const found = folders.find((collections) => COLLECTION in collections)?.[COLLECTION];
  return {
    "ansible-core": /\[core ([^\]]+)\]/.exec(core)?.[1] ?? "none",
    [COLLECTION]: found?.version ?? "none",
  };
}
