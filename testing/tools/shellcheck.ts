import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { installVenv, isVenvInstalled, venvProgram } from "./venv.ts";

/** File of the required package: one release everywhere, since each release finds more problems. */
export const SHELLCHECK_REQUIREMENTS = join(import.meta.dirname, "shellcheck", "requirements.txt");

/** Oldest Python with a pip that supports the installation's options. */
const MIN_PYTHON = "3.9.0";

/**
 * Returns ShellCheck, installed when missing: 4 MB.
 *
 * @throws SetupFailure when it cannot be installed
 */
export async function ensureShellcheck(context: SetupContext): Promise<string> {
  const folder = join(context.tools, "shellcheck");
  const venv = { folder, requirements: SHELLCHECK_REQUIREMENTS };
  if (!isVenvInstalled(venv)) {
    context.report.detail(`installing ShellCheck in ${folder}`);
    await installVenv(context, venv, "ShellCheck", MIN_PYTHON);
  }
  return venvProgram(folder, "shellcheck");
}
