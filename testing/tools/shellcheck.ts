import { join } from "node:path";
import type { SetupContext } from "../../setup/context.ts";
import { installVenv, isVenvInstalled, venvProgram } from "./venv.ts";

/** What is installed: one release everywhere, since each finds more than the one before. */
export const SHELLCHECK_REQUIREMENTS = join(import.meta.dirname, "shellcheck", "requirements.txt");

/** Oldest Python with pip as the installation calls it. */
const MIN_PYTHON = "3.9.0";

/**
 * The linter of shell scripts, installed when it is not there yet: 4 MB.
 *
 * @throws SetupFailure when it cannot be had
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
