import { join } from "node:path";
import { isVenvInstalled, venvMark, venvProgram } from "./venv.ts";

/** File of the required packages, one a line, each with its version. */
export const ANSIBLE_REQUIREMENTS = join(import.meta.dirname, "ansible", "requirements.txt");

/** Folder of Ansible's virtual environment of Python. */
export function ansibleFolder(tools: string): string {
  return join(tools, "ansible");
}

/** Path of one of Ansible's programs, such as `ansible-playbook`. */
export function ansibleProgram(tools: string, name: string): string {
  return venvProgram(ansibleFolder(tools), name);
}

/** Marker file with the requirements of a complete installation. */
export function ansibleMark(tools: string): string {
  return venvMark(ansibleFolder(tools));
}

/** Whether exactly the required packages are installed, and their Python still exists. */
export function isAnsibleInstalled(tools: string, requirements = ANSIBLE_REQUIREMENTS): boolean {
  return isVenvInstalled({ folder: ansibleFolder(tools), requirements });
}
