/** Writes one setting to the config of a stack. */
import { pulumi, type StackOptions } from "../../pulumi/cli/run.ts";
import { type ConfigPath, pulumiPath } from "./config-change.ts";

/** Writes a value by standard input: an argument could be a secret, or look like an option. */
export async function writeSetting(
  target: StackOptions,
  path: ConfigPath,
  value: string | number | boolean,
  isSecret: boolean,
): Promise<void> {
  const place = path.length === 1 ? [String(path[0])] : ["--path", pulumiPath(path)];
  const form = isSecret ? ["--secret"] : formOf(value, path);
  const text = String(value);
  // Pulumi takes a line break at the end for that of the input.
  const input = text.endsWith("\n") ? `${text}\n` : text;
  await pulumi(target, ["config", "set", ...form, ...place], input);
}

/** Options that make Pulumi keep the type of a value inside of another one. */
function formOf(value: string | number | boolean, path: ConfigPath): string[] {
  if (typeof value === "number" && !Number.isInteger(value)) {
    return ["--type", "float"];
  }
  const isTaken = typeof value === "string" && /^(-?\d+|true|false)$/.test(value);
  return isTaken && path.length > 1 ? ["--type", "string"] : ["--plaintext"];
}
