/** Folder of the Pulumi program that a command is about. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Environment } from "./target.ts";

/** Folder of the checkout whose `zbl` was started. */
const CHECKOUT_VARIABLE = "Z_BILLING_LAGO_CHECKOUT";

/**
 * Returns the folder of the Pulumi program: the one that `--cwd` names, or the current folder where
 * that, or a folder above it, has a program, or else the checkout whose `zbl` was started.
 */
export function programFolder(cwd: string | undefined, environment: Environment): string {
  return cwd ?? (hasProgram(resolve(".")) ? "." : (environment[CHECKOUT_VARIABLE] ?? "."));
}

/** Pulumi looks for its program upwards, too. */
function hasProgram(folder: string): boolean {
  const above = dirname(folder);
  return (
    existsSync(join(folder, "Pulumi.yaml")) ||
    existsSync(join(folder, "Pulumi.yml")) ||
    (above !== folder && hasProgram(above))
  );
}
