/** Stacks of a Pulumi program. */
import { z } from "zod";
import { DeployError } from "../../errors.ts";
import { parseOutput } from "../../process/parse-output.ts";
import { plainMessage } from "./diagnostics.ts";
import { runPulumi, type StackOptions } from "./run.ts";

/** A stack, as `pulumi stack ls` lists it. */
export interface StackEntry {
  readonly name: string;
  /** Whether the stack is selected, by `pulumi stack select` or by `PULUMI_STACK`. */
  readonly current: boolean;
  /** Number of resources in the state; undefined where the backend does not tell. */
  readonly resourceCount?: number | undefined;
  /** Time of the last update, as ISO 8601; undefined before the first one. */
  readonly lastUpdate?: string | undefined;
}

const schema = z.array(
  z.looseObject({
    name: z.string(),
    current: z.boolean().default(false),
    resourceCount: z.number().optional(),
    lastUpdate: z.string().optional(),
  }),
);

/**
 * Lists the stacks of the program in a folder.
 *
 * @throws DeployError of kind `CommandFailed`, `CommandExecution` or `ParseError`
 */
export async function listStacks(options: Omit<StackOptions, "stack">): Promise<StackEntry[]> {
  const { exitCode, stdout, stderr } = await runPulumi(options, ["stack", "ls", "--json"]);
  if (exitCode !== 0) {
    throw new DeployError(
      "CommandFailed",
      `The stacks of the program cannot be listed. Run the command in the program's folder, with Pulumi's backend as for \`pulumi up\`.\n${plainMessage(stderr)}`,
      { exitCode },
    );
  }
  return parseOutput(schema, stdout, "pulumi stack ls --json");
}
