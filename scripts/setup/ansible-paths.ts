import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is installed, one package a line, each with its version. */
export const ANSIBLE_REQUIREMENTS = join(import.meta.dirname, "ansible", "requirements.txt");

/** The virtual environment of Python that Ansible is installed in. */
export function ansibleFolder(tools: string): string {
  return join(tools, "ansible");
}

/** One of its programs, such as `ansible-playbook`. */
export function ansibleProgram(tools: string, name: string): string {
  return join(ansibleFolder(tools), "bin", name);
}

/** Holds the requirements that an installation was made of, once it is whole. */
export function ansibleMark(tools: string): string {
  return join(ansibleFolder(tools), "installed.txt");
}

/** Whether exactly what is required is installed, and the Python below it is still there. */
export function isAnsibleInstalled(tools: string, requirements = ANSIBLE_REQUIREMENTS): boolean {
  const mark = ansibleMark(tools);
  return (
    existsSync(ansibleProgram(tools, "python3")) &&
    existsSync(mark) &&
    readFileSync(mark, "utf8") === readFileSync(requirements, "utf8")
  );
}
