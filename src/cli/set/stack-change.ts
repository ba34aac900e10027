/** The config of a stack, as `set` and `unset` read and report it. */
import { type ConfigIssue, invalidConfig } from "../../errors.ts";
import type { StackOptions } from "../../pulumi/cli/run.ts";
import { readStackConfig } from "../../pulumi/cli/stack-config.ts";
import type { ConfiguredStack } from "../../spec/unknown-names.ts";
import { zbl } from "../../text/zbl.ts";
import type { Output } from "../output/output.ts";
import type { StackChoice } from "../stack-target.ts";
import { type ConfigPath, type ConfigValues, valueAt } from "./config-change.ts";

/** Options of `set` and `unset`. */
export interface SetOptions extends StackChoice {
  readonly json?: boolean;
}

/** Config of a stack. */
export interface ReadConfig {
  readonly values: ConfigValues;
  readonly of: ConfiguredStack;
}

/** Reads the config of a stack. */
export async function readConfig(stack: StackOptions): Promise<ReadConfig> {
  const { program, entries } = await readStackConfig(stack);
  return {
    values: new Map([...entries].map(([name, { value }]) => [name, value])),
    of: { program, stack: stack.stack },
  };
}

/**
 * Refuses to change a part of a value that the config holds as one text, which Pulumi cannot do.
 *
 * @throws DeployError of kind `InvalidConfig`
 */
export function requireParts(values: ConfigValues, path: ConfigPath, stack: string): void {
  const field = String(path[0]);
  if (path.length > 1 && typeof valueAt(values, [field]) === "string") {
    const message = `is one text in the config of stack ${stack}, so its parts cannot be changed. Write it as YAML in the stack's file, or remove it first: ${zbl("unset", stack, field)}`;
    throw invalidConfig([{ field, message }]);
  }
}

/** Outcome of a change of one setting. */
export interface StackChange {
  readonly stack: string;
  /** Name of the setting. */
  readonly name: string;
  readonly change: "set" | "added" | "removed" | "unchanged";
}

/**
 * Reports a change, and the command that deploys it.
 *
 * @param sentence what became of the setting
 * @param others faults of the config that the change has nothing to do with
 */
export function reportChange(
  output: Output,
  { stack, name, change }: StackChange,
  sentence: string,
  others: readonly ConfigIssue[],
  json: boolean | undefined,
): void {
  if (others.length > 0) {
    const lines = others.map(({ field, message }) => `  ${field}: ${message}`);
    output.note(`The config of stack ${stack} has other faults:\n${lines.join("\n")}`);
  }
  const next = change === "unchanged" ? "" : ` To deploy the change: ${zbl("up", stack)}`;
  output.result(json === true ? JSON.stringify({ stack, name, change }) : `${sentence}${next}`);
}
