/** Programs from Python packages, each in its own virtual environment. */
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mustSucceed, probe } from "../../setup/command.ts";
import type { SetupContext } from "../../setup/context.ts";
import { SetupFailure } from "../../setup/failure.ts";
import { isNewEnough } from "../../setup/version.ts";

const VENV_DEADLINE_MS = 300_000;
const INSTALL_DEADLINE_MS = 1_800_000;

/** A virtual environment. */
export interface Venv {
  readonly folder: string;
  /** File of its packages, one a line, each with its version. */
  readonly requirements: string;
}

/** Path of a program in a virtual environment, such as `ansible-playbook`. */
export function venvProgram(folder: string, name: string): string {
  return join(folder, "bin", name);
}

/** Marker file with the requirements of a complete installation. */
export function venvMark(folder: string): string {
  return join(folder, "installed.txt");
}

/** Whether exactly the required packages are installed, and their Python still exists. */
export function isVenvInstalled({ folder, requirements }: Venv): boolean {
  const mark = venvMark(folder);
  return (
    existsSync(venvProgram(folder, "python3")) &&
    existsSync(mark) &&
    readFileSync(mark, "utf8") === readFileSync(requirements, "utf8")
  );
}

/**
 * Recreates the environment. The system's Python is not changed.
 *
 * @param name name of the program in messages
 * @param minPython oldest Python that it supports
 * @throws SetupFailure when no Python is new enough, or the installation fails
 */
export async function installVenv(
  context: SetupContext,
  { folder, requirements }: Venv,
  name: string,
  minPython: string,
): Promise<void> {
  await requirePython(context, name, minPython);
  await mkdir(dirname(folder), { recursive: true });
  await mustSucceed(
    context,
    // Cleared, since an earlier installation may be incomplete or of other versions.
    { program: "python3", args: ["-m", "venv", "--clear", folder], timeoutMs: VENV_DEADLINE_MS },
    "Making a virtual environment of Python",
    "Install Python's venv module (Debian and Ubuntu: `apt-get install python3-venv`) and run the same command again.",
  );
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet"];
  await mustSucceed(
    context,
    {
      program: venvProgram(folder, "python3"),
      // Wheels only: building a package would need compilers and headers.
      args: [...pip, "--only-binary", ":all:", "--requirement", requirements],
      timeoutMs: INSTALL_DEADLINE_MS,
      environment: pipEnvironment(context),
    },
    `Installing ${name}`,
    "Check that the Python package index answers (`python3 -m pip config list` says which), and run the same command again.",
  );
  await copyFile(requirements, venvMark(folder));
}

async function requirePython(
  context: SetupContext,
  name: string,
  minPython: string,
): Promise<void> {
  const args = ["-c", "import platform; print(platform.python_version())"];
  const version = await probe(context, { program: "python3", args, timeoutMs: 30_000 });
  if (version === undefined || !isNewEnough(version, minPython)) {
    const found = version === undefined ? "there is none" : `this is ${version}`;
    throw new SetupFailure(
      `${name} needs Python ${minPython} or newer as \`python3\`; ${found}. ` +
        "Install it (https://www.python.org/downloads) and run the same command again.",
    );
  }
}

/** The caller's own settings of pip: its index, proxies and certificates. */
function pipEnvironment(context: SetupContext): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context.env).filter(
      (entry): entry is [string, string] => entry[0].startsWith("PIP_") && entry[1] !== undefined,
    ),
  );
}
