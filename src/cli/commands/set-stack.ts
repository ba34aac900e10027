/** The stack whose config `set` and `unset` change. */
import { z } from "zod";
import { DeployError, invalidConfig } from "../../errors.ts";
import { didYouMean } from "../../lago/catalogue/suggest.ts";
import { parseOutput } from "../../process/parse-output.ts";
import { runPulumi, type StackOptions } from "../../pulumi/cli/run.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";

/** Stacks of a program. */
export interface Stacks {
  has(name: string): boolean;
  /**
   * The stack of that name; without a name the selected stack, or else the only one.
   *
   * @throws DeployError of kind `InvalidConfig` where there is none
   */
  choose(name: string | undefined): StackOptions;
}

const schema = z.array(z.looseObject({ name: z.string(), current: z.boolean().default(false) }));

/**
 * Lists the stacks of the program in a folder.
 *
 * @throws DeployError of kind `CommandFailed`, `CommandExecution`, `Canceled` or `ParseError`
 */
export async function stacksOf(context: CommandContext, folder = "."): Promise<Stacks> {
  const { environment, signal } = context;
  const calls = { folder, environment, signal };
  const { exitCode, stdout, stderr } = await runPulumi(calls, ["stack", "ls", "--json"]);
  if (exitCode !== 0) {
    throw new DeployError(
      "CommandFailed",
      `The stacks of the program cannot be listed. Run the command in the program's folder.\n${stderr.trim()}`,
      { exitCode },
    );
  }
  const entries = parseOutput(schema, stdout, "pulumi stack ls --json");
  const names = entries.map(({ name }) => name);
  const find = (name: string) =>
    names.find((one) => one === name || one.split("/").at(-1) === name.split("/").at(-1));
  const refuse = (field: string, message: string) => invalidConfig([{ field, message }]);
  return {
    has: (name) => find(name) !== undefined,
    choose: (name) => {
      const all = names.length === 0 ? "there is none yet" : `stacks: ${names.join(", ")}`;
      const stack = find(name ?? entries.find(({ current }) => current)?.name ?? names[0] ?? "");
      if (stack === undefined || (name === undefined && isOpen(entries))) {
        const near = name === undefined ? "" : didYouMean(name, names);
        const make = names.length === 0 ? `. To make one: ${zbl("init", name ?? "dev")}` : "";
        const what = name === undefined ? "which stack? None is selected" : "no such stack";
        throw refuse(name ?? "stack", `${what}${near}; ${all}${make}`);
      }
      if (name === undefined) {
        context.output.note(`Stack ${stack}`);
      }
      return { ...calls, stack };
    },
  };
}

function isOpen(entries: z.output<typeof schema>): boolean {
  return entries.length > 1 && entries.every(({ current }) => !current);
}
