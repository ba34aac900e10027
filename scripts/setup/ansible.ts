import { copyFile, mkdir } from "node:fs/promises";
import {
  ANSIBLE_REQUIREMENTS,
  ansibleFolder,
  ansibleMark,
  ansibleProgram,
  isAnsibleInstalled,
} from "./ansible-paths.ts";
import { mustSucceed, probe } from "./command.ts";
import type { SetupContext } from "./context.ts";
import { SetupFailure } from "./failure.ts";
import { duration } from "./report.ts";
import { isNewEnough } from "./version.ts";

/** Oldest Python that the pinned Ansible runs on. */
const MIN_PYTHON = "3.11.0";
const VENV_DEADLINE_MS = 300_000;
const INSTALL_DEADLINE_MS = 1_800_000;

/**
 * Makes sure of Ansible, which only the comparison of the fault cases needs, in a virtual environment
 * of its own: nothing is added to the system's Python.
 *
 * @throws SetupFailure when there is no Python that is new enough, or the installation fails
 */
export async function ensureAnsible(context: SetupContext): Promise<void> {
  const { report, tools } = context;
  const folder = ansibleFolder(tools);
  if (isAnsibleInstalled(tools)) {
    report.ok(`Ansible, in ${folder}`);
    return;
  }
  await requirePython(context);
  const startedAt = performance.now();
  report.doing(
    `Ansible: \`npm run faults -- --against ansible\` needs it. Installing it in ${folder}`,
  );
  report.detail("downloading about 60 MB from the Python package index; installed it takes 320 MB");
  await mkdir(tools, { recursive: true });
  await mustSucceed(
    context,
    // Cleared, since an earlier installation may have been interrupted, or was made of other versions.
    { program: "python3", args: ["-m", "venv", "--clear", folder], timeoutMs: VENV_DEADLINE_MS },
    "Making a virtual environment of Python",
    "Install Python's venv module (Debian and Ubuntu: `apt-get install python3-venv`) and run the same command again.",
  );
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet"];
  await mustSucceed(
    context,
    {
      program: ansibleProgram(tools, "python3"),
      // Wheels only: a package that had to be built would ask for compilers and headers.
      args: [...pip, "--only-binary", ":all:", "--requirement", ANSIBLE_REQUIREMENTS],
      timeoutMs: INSTALL_DEADLINE_MS,
      environment: pipEnvironment(context),
    },
    "Installing Ansible",
    "Check that the Python package index answers (`python3 -m pip config list` says which), and run the same command again.",
  );
  await copyFile(ANSIBLE_REQUIREMENTS, ansibleMark(tools));
  report.ok(`Ansible, in ${folder} (${duration(performance.now() - startedAt)})`);
}

async function requirePython(context: SetupContext): Promise<void> {
  const args = ["-c", "import platform; print(platform.python_version())"];
  const version = await probe(context, { program: "python3", args, timeoutMs: 30_000 });
  if (version === undefined || !isNewEnough(version, MIN_PYTHON)) {
    const found = version === undefined ? "there is none" : `this is ${version}`;
    throw new SetupFailure(
      `Ansible needs Python ${MIN_PYTHON} or newer as \`python3\`; ${found}. ` +
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
