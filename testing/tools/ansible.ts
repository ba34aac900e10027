import type { SetupContext } from "../../setup/context.ts";
import { duration } from "../../setup/report.ts";
import { ANSIBLE_REQUIREMENTS, ansibleFolder, isAnsibleInstalled } from "./ansible-paths.ts";
import { installVenv } from "./venv.ts";

/** Oldest Python that the pinned Ansible supports. */
const MIN_PYTHON = "3.11.0";

/**
 * Ensures Ansible, which only the comparison of the fault cases needs.
 *
 * @throws SetupFailure when no Python is new enough, or the installation fails
 */
export async function ensureAnsible(context: SetupContext): Promise<void> {
  const { report, tools } = context;
  const folder = ansibleFolder(tools);
  if (isAnsibleInstalled(tools)) {
    report.ok(`Ansible, in ${folder}`);
    return;
  }
  const startedAt = performance.now();
  report.doing(
    `Ansible: \`npm run faults -- --against ansible\` needs it. Installing it in ${folder}`,
  );
  report.detail("downloading about 60 MB from the Python package index; installed it takes 320 MB");
  const venv = { folder, requirements: ANSIBLE_REQUIREMENTS };
  await installVenv(context, venv, "Ansible", MIN_PYTHON);
  report.ok(`Ansible, in ${folder} (${duration(performance.now() - startedAt)})`);
}
