import { join } from "node:path";
import { isVenvInstalled, venvMark, venvProgram } from "./venv.ts";

/** What is installed, one package a line, each with its version. */
export const ANSIBLE_REQUIREMENTS = join(import.meta.dirname, "ansible", "requirements.txt");

/** The virtual environment of Python that Ansible is installed in. */
export function ansibleFolder(tools: string): string {
  return join(tools, "ansible");
}

/** One of its programs, such as `ansible-playbook`. */
export function ansibleProgram(tools: string, name: string): string {
  return venvProgram(ansibleFolder(tools), name);
}

/** Holds the requirements that an installation was made of, once it is whole. */
export function ansibleMark(tools: string): string {
  return venvMark(ansibleFolder(tools));
}

/** Whether exactly what is required is installed, and the Python below it is still there. */
export function isAnsibleInstalled(tools: string, requirements = ANSIBLE_REQUIREMENTS): boolean {
  return isVenvInstalled({ folder: ansibleFolder(tools), requirements });
}
